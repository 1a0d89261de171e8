/** Exit code of a command that Ctrl+C or SIGTERM ended. */
export const INTERRUPTED = 130;

export interface Interrupt {
  readonly requested: boolean;
  release(): void;
}

/** Calls `stop` at the first SIGINT or SIGTERM; a second one leaves at once. */
export function onInterrupt(stop: () => void): Interrupt {
  let requested = false;
  const listener = () => {
    if (requested) process.exit(INTERRUPTED);
    requested = true;
    stop();
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return {
    get requested() {
      return requested;
    },
    release() {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    },
  };
}

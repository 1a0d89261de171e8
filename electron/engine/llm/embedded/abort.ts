import { BrainnetError } from '../../../../shared/errors.ts';

/** @throws CANCELLED */
export function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new BrainnetError('CANCELLED');
}

/** Waits for the work of another no longer than the signal lets it; the work goes on. @throws CANCELLED */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new BrainnetError('CANCELLED'));
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

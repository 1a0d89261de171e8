import { BrainnetError } from '../../../../shared/errors.ts';

/** How long is waited for a server. Milliseconds. */
export interface Limits {
  /** Until the first piece of an answer: a server may load its model first. */
  firstMs: number;
  /** From one piece to the next. */
  stallMs: number;
  /** For the whole answer. */
  totalMs: number;
}
export const LIMITS: Limits = { firstMs: 180_000, stallMs: 60_000, totalMs: 600_000 };

export interface Deadline {
  signal: AbortSignal;
  /** A piece has arrived. */
  touch(): void;
  /** @throws CANCELLED, or LLM_UNREACHABLE where the time is over */
  check(): void;
  stop(): void;
}

export function startDeadline(where: string, limits: Limits, outer: AbortSignal | undefined): Deadline {
  const over = new AbortController();
  let late: string | null = null;
  const end = (sentence: string) => {
    late ??= sentence;
    over.abort();
  };
  const seconds = (ms: number) => `${Math.ceil(ms / 1000)} seconds`;
  let piece = setTimeout(() => end(`it did not answer within ${seconds(limits.firstMs)}`), limits.firstMs);
  const total = setTimeout(() => end(`it did not end its answer within ${seconds(limits.totalMs)}`), limits.totalMs);
  return {
    signal: outer ? AbortSignal.any([outer, over.signal]) : over.signal,
    touch() {
      clearTimeout(piece);
      piece = setTimeout(() => end(`it stopped for ${seconds(limits.stallMs)} in its answer`), limits.stallMs);
    },
    check() {
      if (outer?.aborted) throw new BrainnetError('CANCELLED');
      if (late) throw new BrainnetError('LLM_UNREACHABLE', { where, problem: late });
    },
    stop() {
      clearTimeout(total);
      clearTimeout(piece);
    },
  };
}

export const within = ({ firstMs, stallMs, totalMs }: Limits, most = Infinity): Limits => ({
  firstMs: Math.min(firstMs, most),
  stallMs: Math.min(stallMs, most),
  totalMs: Math.min(totalMs, most),
});

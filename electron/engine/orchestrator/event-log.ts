import type { EngineEvent } from '../../../shared/events.ts';

type Unnumbered<T> = T extends { seq: number } ? Omit<T, 'seq'> : never;
export type NewEvent = Unnumbered<EngineEvent>;

export interface EventLog {
  /** Number of the newest event. */
  readonly seq: number;
  publish(event: NewEvent): void;
  /** Events after `after`, then live ones until `signal` aborts. At most ten batches a second; of a run only the newest state. */
  follow(after: number, signal?: AbortSignal): AsyncGenerator<EngineEvent>;
  close(): void;
}

/** Events kept for late readers; a reader further behind gets `reset`. */
const KEPT = 1000;
const BATCH_MS = 100;

/** Numbered engine events with a bounded tail. `firstSeq` makes numbers of an earlier engine older than any of this one. */
export function createEventLog(firstSeq: number): EventLog {
  const kept: EngineEvent[] = [];
  const wakers = new Set<() => void>();
  let seq = firstSeq;
  let closed = false;
  const wakeAll = () => {
    for (const wake of [...wakers]) wake();
  };
  return {
    get seq() {
      return seq;
    },
    publish(event) {
      seq += 1;
      kept.push({ ...event, seq } as EngineEvent);
      if (kept.length > KEPT) kept.shift();
      wakeAll();
    },
    async *follow(after, signal) {
      let seen = after;
      while (!closed && !signal?.aborted) {
        const batch = newerThan(kept, seen, seq);
        seen = seq;
        yield* batch;
        if (batch.length > 0) await pause(BATCH_MS, wakers, signal, false);
        if (seen === seq && !closed) await pause(undefined, wakers, signal, true);
      }
    },
    close() {
      closed = true;
      wakeAll();
    },
  };
}

function newerThan(kept: readonly EngineEvent[], seen: number, seq: number): EngineEvent[] {
  if (seen === seq) return [];
  const oldest = kept[0]?.seq ?? seq + 1;
  if (seen > seq || seen < oldest - 1) return [{ seq, type: 'reset' }];
  return keepNewestRuns(kept.slice(seen - oldest + 1));
}

function keepNewestRuns(events: readonly EngineEvent[]): EngineEvent[] {
  const newest = new Map(events.flatMap((event) => (event.type === 'run' ? [[event.run.id, event.seq] as const] : [])));
  return events.filter((event) => event.type !== 'run' || newest.get(event.run.id) === event.seq);
}

/** Resolves after `ms`, on the next event (when `onEvent`), or on abort. */
function pause(
  ms: number | undefined,
  wakers: Set<() => void>,
  signal: AbortSignal | undefined,
  onEvent: boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms === undefined ? undefined : setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      wakers.delete(done);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    if (onEvent) wakers.add(done);
    if (signal?.aborted) return done();
    signal?.addEventListener('abort', done, { once: true });
  });
}

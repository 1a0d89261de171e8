import type { AnalyzeRequest, RunEvent, RunState } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import type { Runs } from './runs.ts';

type Listener = (event: RunEvent) => void;

/** Starts a run and yields its events to the end; leaving early, or aborting, cancels the run. */
export const streamRun = (runs: Runs, request: AnalyzeRequest, signal?: AbortSignal): AsyncGenerator<RunEvent> =>
  streamOf(runs, (listener) => runs.start(request, listener), signal);

/** Takes up the newest interrupted run and yields its events, as `streamRun`. @throws UNKNOWN_RUN */
export const streamResumed = (runs: Runs, signal?: AbortSignal): AsyncGenerator<RunEvent> =>
  streamOf(runs, runs.resumeInterrupted, signal);

async function* streamOf(
  runs: Runs,
  begin: (listener: Listener) => RunState,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  if (signal?.aborted) throw new BrainnetError('CANCELLED');
  const waiting: RunEvent[] = [];
  let wake = () => {};
  const run = begin((event) => {
    dropStaleProgress(waiting, event);
    waiting.push(event);
    wake();
  });
  const cancel = () => void runs.cancel(run.id);
  signal?.addEventListener('abort', cancel, { once: true });
  let ended = false;
  try {
    while (!ended) {
      if (waiting.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const event = waiting.shift()!;
      ended = event.type === 'end';
      yield event;
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
    if (!ended) cancel();
  }
}

/** A reader that lags gets only the newest progress: what waits is bounded by the symbols of the run. */
function dropStaleProgress(waiting: RunEvent[], next: RunEvent): void {
  if (next.type === 'progress' && waiting.at(-1)?.type === 'progress') waiting.pop();
}

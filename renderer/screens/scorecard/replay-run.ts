import { useEffect } from 'react';
import type { ReplayState } from '../../../shared/domain/index.ts';
import { attempt, tellFailure } from '../../app/commands.ts';
import { api, createStore, engine, queries, useStore } from '../../engine/index.ts';

/** The replay under way or the last one, as far as this page has heard. */
const replayRun = createStore<ReplayState | null>(null);

const SAMPLES = { watchlists: ['samples'] };
let following = false;

async function hear(states: () => Promise<AsyncIterable<ReplayState>>, onFailure: (error: unknown) => void) {
  if (following) return;
  following = true;
  try {
    for await (const state of await states()) replayRun.set(state);
  } catch (error) {
    onFailure(error);
  } finally {
    following = false;
    queries.invalidate(['scorecard', 'outcomes', 'replay-estimate']);
  }
}

async function look(): Promise<void> {
  const running = await api()
    .replay.list()
    .then((states) => states.find(({ status }) => status === 'running'))
    .catch(() => undefined);
  if (!running) return;
  replayRun.set(running);
  void hear(
    () => api().replay.follow({ id: running.id }),
    () => undefined,
  );
}

/** The replay, looked for whenever the page has connected. */
export function useReplayRun(): ReplayState | null {
  const phase = useStore(engine, (state) => state.phase);
  useEffect(() => {
    if (phase === 'live') void look();
  }, [phase]);
  return useStore(replayRun, (state) => state);
}

export const estimateSamples = (signal: AbortSignal) => api().replay.estimate(SAMPLES, { signal });
export const replaySamples = () => void hear(() => api().replay.start(SAMPLES), tellFailure);
export const cancelReplay = ({ id }: ReplayState) => void attempt(() => api().replay.cancel({ id }));

import type { LeakageRequest } from '../../../shared/domain/index.ts';
import { tellFailure } from '../../app/commands.ts';
import { api, createStore, queries, useQuery, useStore } from '../../engine/index.ts';

export type TestedJudge = LeakageRequest['judge'];

/** The leakage test that this page follows; null = none. */
interface Running {
  judge: TestedJudge;
  done: number;
  total: number | null;
  leftMs: number | null;
}

const running = createStore<Running | null>(null);
let leave: AbortController | null = null;

/** Symbols of which windows are drawn. */
const SYMBOLS = { watchlists: ['samples'] };

export const useLeakageRun = (): Running | null => useStore(running, (state) => state);

/** What a test would take; asks nothing of a model that is not loaded. */
export const useLeakageEstimate = (judge: TestedJudge, windows: number) =>
  useQuery(`leakage-estimate|${judge}|${windows}`, (signal) =>
    api().replay.leakageEstimate({ ...SYMBOLS, judge, windows }, { signal }),
  );

export const useLeakageTests = () => useQuery('leakage-tests', (signal) => api().replay.leakageTests({}, { signal }));

/** Tests a judge to the end; what is behind it is kept when it is stopped, and the same test goes on there. */
export async function testLeakage(judge: TestedJudge, windows: number): Promise<void> {
  if (leave) return;
  const own = new AbortController();
  leave = own;
  running.set({ judge, done: 0, total: null, leftMs: null });
  try {
    const asked = { ...SYMBOLS, judge, windows };
    for await (const event of await api().replay.leakage(asked, { signal: own.signal }))
      if (event.type === 'progress') running.set({ judge, done: event.done, total: event.total, leftMs: event.leftMs });
  } catch (error) {
    if (!own.signal.aborted) tellFailure(error);
  } finally {
    leave = null;
    running.set(null);
    queries.invalidate(['leakage-tests', 'leakage-estimate', 'scorecard']);
  }
}

export const cancelLeakage = () => leave?.abort();

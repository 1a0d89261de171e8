import type { AnalyzeRequest, RunItem, RunState } from '../../../shared/domain/index.ts';
import { newRunId } from '../platform/index.ts';
import type { ResolvedRequest } from './requests.ts';

/** The state of a run before its first symbol; `queued` = behind another run. */
export function initialState(
  request: AnalyzeRequest,
  { title, refs }: ResolvedRequest,
  startedAt: string,
  queued: boolean,
): RunState {
  const items = refs.map(({ symbol, source = null }): RunItem => {
    const nothing = { stage: null, decisionId: null, action: null, confidence: null, error: null };
    return { symbol, source, status: 'waiting', ...nothing };
  });
  const counts = { done: 0, failed: 0, total: items.length, ratePerSecond: null, leftMs: null };
  const status = queued ? 'queued' : 'running';
  return { id: newRunId(), title, status, startedAt, endedAt: null, request, items, ...counts };
}

export function withItem(state: RunState, index: number, change: Partial<RunItem>): RunState {
  return { ...state, items: state.items.with(index, { ...state.items[index]!, ...change }) };
}

/** Counts, rate and time left after a symbol has ended; `elapsedMs` since the first began. */
export function counted(state: RunState, elapsedMs: number): RunState {
  const done = countOf(state, 'done');
  const failed = countOf(state, 'failed');
  const finished = done + failed;
  const elapsed = Math.max(1, elapsedMs);
  const leftMs = ((state.total - finished) * elapsed) / finished;
  return { ...state, done, failed, ratePerSecond: (1000 * finished) / elapsed, leftMs };
}

/** What had not ended by then is cancelled, and so is the run. */
export function ended(state: RunState, endedAt: string): RunState {
  const open = (item: RunItem) => item.status === 'waiting' || item.status === 'running';
  const items = state.items.map((item) => (open(item) ? { ...item, status: 'cancelled' as const } : item));
  const cancelled = items.some((item) => item.status === 'cancelled');
  return { ...state, items, status: cancelled ? 'cancelled' : 'done', endedAt, leftMs: null };
}

export function countOf({ items }: RunState, status: RunItem['status']): number {
  return items.filter((item) => item.status === status).length;
}

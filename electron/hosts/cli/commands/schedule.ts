import type { Client } from '../../../../shared/contract/index.ts';
import type { DecisionSummary, Interval, ScheduleSettings, ScheduleState } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { INTERRUPTED, onInterrupt } from '../interrupt.ts';
import type { Output } from '../output.ts';
import { lastRunText, nextRunText, scheduleText } from '../schedule-text.ts';
import { withEngine } from '../with-engine.ts';

interface Times {
  interval?: Interval;
  every?: ScheduleSettings['every'];
  anyTime?: boolean;
}

/** The saved schedule, with its last run. */
export async function list({ out, dataDir }: Context): Promise<number> {
  show(out, await withEngine(dataDir, {}, ({ client }) => client.schedule.get()));
  return 0;
}

/** Switches the schedule on for a watchlist, in place of another one. */
export async function add(
  { out, dataDir }: Context,
  [watchlist]: readonly string[],
  { interval = '1d', every = 'bar-close', anyTime = false }: Times,
): Promise<number> {
  const [before, state] = await withEngine(dataDir, {}, async ({ client }) => {
    const before = await client.schedule.get();
    const settings = { on: true, watchlist: watchlist!, interval, every, onlyOpen: !anyTime };
    return [before, await client.schedule.set(settings)] as const;
  });
  if (before.on) out.text(`It stands in place of: ${scheduleText(before)}`);
  show(out, state);
  return 0;
}

/** Switches the schedule off. */
export async function remove({ out, dataDir }: Context): Promise<number> {
  const state = await withEngine(dataDir, {}, async ({ client }) => {
    const { lastRun: _last, nextRun: _next, ...settings } = await client.schedule.get();
    return client.schedule.set({ ...settings, on: false });
  });
  show(out, state);
  return 0;
}

/** Keeps the schedule until Ctrl+C, or until it has run so many times; what was missed meanwhile is made up for once. */
export async function run(
  { out, dataDir }: Context,
  _args: readonly string[],
  { runs }: { runs?: number },
): Promise<number> {
  const stop = new AbortController();
  const interrupt = onInterrupt(() => stop.abort());
  out.onClosed(() => stop.abort());
  try {
    const done = await withEngine(dataDir, {}, ({ client }) => keep(client, out, runs ?? Infinity, stop.signal), {
      stays: true,
    });
    out.data({ type: 'end', status: interrupt.requested ? 'cancelled' : 'done', runs: done });
    return interrupt.requested ? INTERRUPTED : 0;
  } finally {
    interrupt.release();
  }
}

async function keep(client: Client, out: Output, runs: number, signal: AbortSignal): Promise<number> {
  const { seq } = await client.system.snapshot();
  const first = await client.schedule.get();
  if (!first.on)
    throw new BrainnetError('INVALID_INPUT', { problem: 'the schedule is off; schedule add switches it on' });
  show(out, first);
  let [seen, done] = [first.lastRun?.at, 0];
  try {
    for await (const event of await client.system.events({ after: seq }, { signal })) {
      if (event.type === 'decision') tellDecision(out, event.decision);
      if (event.type !== 'schedule') continue;
      const state = await client.schedule.get();
      if (state.lastRun && state.lastRun.at !== seen) {
        seen = state.lastRun.at;
        out.data({ type: 'scheduled-run', ...state.lastRun, nextRun: state.nextRun });
        out.text(`${lastRunText(state.lastRun)} ${nextRunText(state)}`);
        if (++done >= runs) break;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return done;
}

function show(out: Output, state: ScheduleState): void {
  out.data({ type: 'schedule', ...state });
  out.text(scheduleText(state));
  if (state.on) out.text(nextRunText(state));
  if (state.lastRun) out.text(lastRunText(state.lastRun));
}

function tellDecision(out: Output, decision: DecisionSummary): void {
  out.data({ type: 'decision', decision });
  const { symbol, action, lastBarDate, id } = decision;
  out.text(`${symbol}: ${action} on the bar of ${lastBarDate}, ${id}`);
}

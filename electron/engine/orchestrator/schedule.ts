import type { Instrument, ScheduleSettings, ScheduleState, WatchlistItem } from '../../../shared/domain/index.ts';
import { type ErrorData, toErrorData } from '../../../shared/errors.ts';
import type { JournalReader } from '../decision/index.ts';
import { type Market, type Place, placeOf, type WatchlistStore } from '../market/index.ts';
import type { Logger } from '../platform/index.ts';
import type { EventLog } from './event-log.ts';
import { type Timing, waitUntil } from './loop-ticks.ts';
import { asOfFor } from './requests.ts';
import { streamRun } from './run-stream.ts';
import type { Runs } from './runs.ts';
import type { ScheduleStore } from './schedule-store.ts';
import { isTrading, minds, nextRun } from './schedule-times.ts';

export interface ScheduleDeps {
  store: ScheduleStore;
  timing: Timing;
  market: Market;
  watchlists: Pick<WatchlistStore, 'get'>;
  journal: Pick<JournalReader, 'latest'>;
  runs: Runs;
  events: Pick<EventLog, 'publish'>;
  log: Logger;
}

/** The saved schedule of the app. */
export interface Schedule {
  state(): Promise<ScheduleState>;
  /** @throws UNKNOWN_WATCHLIST, DISK_FULL, FILE_UNWRITABLE */
  set(settings: ScheduleSettings): Promise<ScheduleState>;
  /** Begins to keep it, in a process that lives long; a run missed meanwhile is made up for once. */
  start(): void;
  close(): Promise<void>;
}

/** A run that could not even be noted is tried again after this long. */
const AGAIN_MS = 60_000;

export function createSchedule(deps: ScheduleDeps): Schedule {
  const { store, timing } = deps;
  const closing = new AbortController();
  let changed = new AbortController();
  let keeping: Promise<void> | null = null;

  const due = async (): Promise<number | null> => {
    const { settings, since } = store.get();
    if (!settings.on) return null;
    return nextRun(settings, await placesOf(deps, settings), since);
  };
  const keep = async () => {
    while (!closing.signal.aborted) {
      changed = new AbortController();
      const signal = AbortSignal.any([closing.signal, changed.signal]);
      const next = await due().catch((error) => told(deps, error));
      if (!(await waitUntil(timing, next ?? Infinity, signal))) continue;
      await runOnce(deps, closing.signal).catch((error) => {
        told(deps, error);
        return timing.sleep(AGAIN_MS, signal);
      });
    }
  };
  const state = async (): Promise<ScheduleState> => {
    const { settings, lastRun } = store.get();
    const next = keeping ? await due().catch((error) => told(deps, error)) : null;
    return { ...settings, lastRun, nextRun: next === null ? null : isoOf(Math.max(next, timing.now())) };
  };
  return {
    state,
    async set(settings) {
      const watchlist = settings.on ? deps.watchlists.get(settings.watchlist).name : settings.watchlist;
      store.put({ ...store.get(), settings: { ...settings, watchlist }, since: timing.now() });
      changed.abort();
      deps.events.publish({ type: 'schedule' });
      return state();
    },
    start() {
      keeping ??= keep();
    },
    async close() {
      closing.abort();
      await keeping;
    },
  };
}

const isoOf = (time: number): string => new Date(time).toISOString();

function told({ log }: ScheduleDeps, error: unknown): null {
  log.warn({ err: error }, 'the schedule did not run');
  return null;
}

/** One run of the schedule: what has a new bar is analyzed, and how it went is kept. */
async function runOnce(deps: ScheduleDeps, signal: AbortSignal): Promise<void> {
  const at = deps.timing.now();
  const { settings } = deps.store.get();
  deps.store.put({ ...deps.store.get(), since: at });
  const { runId, sentence } = await perform(deps, settings, at, signal).catch((error) => {
    return { runId: null, sentence: toErrorData(error).sentence };
  });
  if (signal.aborted) return;
  deps.store.put({ ...deps.store.get(), lastRun: { at: isoOf(at), runId, sentence } });
  deps.events.publish({ type: 'schedule' });
}

interface Sorted {
  due: WatchlistItem[];
  closed: number;
  same: number;
  failed: { symbol: string; error: ErrorData }[];
}

async function perform(deps: ScheduleDeps, settings: ScheduleSettings, at: number, signal: AbortSignal) {
  const sorted = await sort(deps, settings, at, signal);
  const { defaultAsOf } = deps.watchlists.get(settings.watchlist);
  const counts = { runId: null as string | null, decided: 0, failed: sorted.failed.length };
  if (sorted.due.length > 0 && !signal.aborted) {
    const symbols = sorted.due.map((item) => ({ ...item, interval: settings.interval }));
    const request = { symbols, ...(defaultAsOf && { asOf: defaultAsOf }) };
    for await (const event of streamRun(deps.runs, request, signal)) {
      counts.runId = event.runId;
      if (event.type === 'end') {
        counts.decided = event.decided;
        counts.failed += event.failed;
      }
    }
  }
  return { runId: counts.runId, sentence: sentenceOf(counts, sorted) };
}

/** Which symbols have a bar that nothing was decided on. */
async function sort(deps: ScheduleDeps, settings: ScheduleSettings, at: number, signal: AbortSignal): Promise<Sorted> {
  const sorted: Sorted = { due: [], closed: 0, same: 0, failed: [] };
  const { items, defaultAsOf } = deps.watchlists.get(settings.watchlist);
  const known = await deps.market.instruments();
  for (const item of items) {
    if (signal.aborted) break;
    if (minds(settings) && !isTrading(settings, placeFor(item, known), at)) sorted.closed++;
    else if (await hasNewBar(deps, item, settings, defaultAsOf ?? undefined, sorted, signal)) sorted.due.push(item);
  }
  return sorted;
}

async function hasNewBar(
  { market, journal }: ScheduleDeps,
  item: WatchlistItem,
  { interval }: ScheduleSettings,
  listed: string | undefined,
  sorted: Sorted,
  signal: AbortSignal,
): Promise<boolean> {
  const ref = { ...item, interval };
  try {
    const series = await market.series(ref, await asOfFor(market, ref, listed, signal), signal);
    const asOf = isoOf(series.asOf);
    const fresh = journal.latest(ref, asOf)?.asOf !== asOf;
    if (!fresh) sorted.same++;
    return fresh;
  } catch (error) {
    if (!signal.aborted) sorted.failed.push({ symbol: item.symbol, error: toErrorData(error) });
    return false;
  }
}

function sentenceOf({ decided, failed }: { decided: number; failed: number }, sorted: Sorted): string {
  const parts = [
    `${decided} decided`,
    ...(sorted.same > 0 ? [`${sorted.same} without a new bar`] : []),
    ...(sorted.closed > 0 ? [`${sorted.closed} whose market is closed`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  const [first] = sorted.failed;
  return `${parts.join(', ')}.${first ? ` ${first.symbol}: ${first.error.sentence}` : ''}`;
}

/** Where the instruments of the list trade; nothing is asked of the network. */
async function placesOf({ watchlists, market }: ScheduleDeps, { watchlist }: ScheduleSettings): Promise<Place[]> {
  const known = await market.instruments();
  const places = watchlists.get(watchlist).items.map((item) => placeFor(item, known));
  return [...new Map(places.map((place) => [`${place.timezone} ${place.kind}`, place])).values()];
}

/** One whose bars were never had is taken for one that may trade all day. */
function placeFor({ symbol, source }: WatchlistItem, known: readonly Instrument[]): Place {
  const found = known.find((one) => one.symbol === symbol && one.source === source);
  return placeOf({ symbol, timezone: found?.timezone ?? 'UTC' });
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  INTERVALS,
  type InstrumentRef,
  type ReplayInstrument,
  type ReplayRequest,
  type Settings,
} from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { barEnd, type Market, type Series, type WatchlistStore } from '../market/index.ts';
import { type AnalyzeSettings, resolveRequest } from '../orchestrator/index.ts';
import { canonicalJson, sha256 } from '../platform/index.ts';
import { type HeadedConvnext, networkFor } from '../vision/index.ts';
import { keyOf } from './ids.ts';

export interface PlanDeps {
  market: Pick<Market, 'series'>;
  watchlists: WatchlistStore;
  settings: () => Settings;
  engineVersion: string;
}

/** One instrument with all bars that the replay may look at. */
export interface Planned {
  key: string;
  ref: Required<InstrumentRef>;
  series: Series;
  /** Ends of the bars that it is decided at, UTC ms, rising. */
  asOfs: number[];
}

/** What is decided at one moment; by the order of their keys. */
export interface TimeStep {
  asOf: number;
  instruments: Planned[];
}

export interface Plan {
  id: string;
  title: string;
  settings: AnalyzeSettings;
  stepBars: number;
  /** By key. */
  instruments: Planned[];
  /** By time. */
  steps: TimeStep[];
  windows: number;
}

/**
 * Every window that a request means, in the order of time. The windows of an instrument are counted from its first whole one, so that
 * neither the dates asked for nor later bars move them. The plan's id is a hash of all it rests on.
 * @param given settings of a replay that goes on; left out: those in force
 * @throws UNKNOWN_WATCHLIST, EMPTY_WATCHLIST, INVALID_INPUT, and what `market.series` throws
 */
export async function planReplay(
  deps: PlanDeps,
  request: ReplayRequest,
  network: HeadedConvnext,
  signal: AbortSignal,
  given?: AnalyzeSettings,
): Promise<Plan> {
  const { refs, title, settings: inForce } = resolveInstruments(deps, request);
  const settings = given ?? inForce;
  const stepBars = request.stepBars ?? settings.horizonBars;
  const byKey = new Map<string, Planned>();
  for (const ref of refs) {
    const planned = await planOne(deps, ref, request, { ...settings, stepBars }, network, signal);
    byKey.set(planned.key, planned);
    await nextTurn();
    if (signal.aborted) throw new BrainnetError('CANCELLED');
  }
  const instruments = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const windows = instruments.reduce((sum, { asOfs }) => sum + asOfs.length, 0);
  if (windows === 0)
    throw new BrainnetError('INVALID_INPUT', { problem: 'there is no window to replay between these dates' });
  const id = idOf(deps, { settings, stepBars, instruments }, network);
  return { id, title, settings, stepBars, instruments, steps: stepsOf(instruments), windows };
}

function resolveInstruments({ watchlists, settings }: PlanDeps, request: ReplayRequest) {
  const lists = (request.watchlists ?? []).map((name) => watchlists.get(name));
  const empty = lists.find(({ items }) => items.length === 0);
  if (empty) throw new BrainnetError('EMPTY_WATCHLIST', { name: empty.name });
  const { interval, horizonBars, symbols = [] } = request;
  const named = [...symbols, ...lists.flatMap(({ items }) => items)];
  const resolved = resolveRequest({ symbols: named, interval, horizonBars }, watchlists, settings());
  const title = lists.length > 0 ? lists.map(({ name }) => name).join(', ') : resolved.title;
  return { ...resolved, title };
}

async function planOne(
  deps: PlanDeps,
  ref: InstrumentRef,
  { from, to }: ReplayRequest,
  { windowBars, stepBars }: AnalyzeSettings & { stepBars: number },
  network: HeadedConvnext,
  signal: AbortSignal,
): Promise<Planned> {
  const series = await deps.market.series(ref, to, signal);
  const { symbol, source, interval, timezone } = series;
  const earliest = from === undefined ? null : Date.parse(from);
  const { sampleStatus: status } = networkFor(network, series);
  const asOfs: number[] = [];
  for (let t = windowBars - 1; t < series.time.length; t += stepBars) {
    const asOf = barEnd(series.time[t]!, interval, timezone);
    const meant = earliest === null ? status(symbol, asOf) !== 'training' : series.time[t]! >= earliest;
    if (meant) asOfs.push(asOf);
  }
  return { key: keyOf(series), ref: { symbol, source, interval }, series, asOfs };
}

function stepsOf(instruments: readonly Planned[]): TimeStep[] {
  const byTime = new Map<number, Planned[]>();
  for (const planned of instruments)
    for (const asOf of planned.asOfs) {
      const together = byTime.get(asOf);
      if (together) together.push(planned);
      else byTime.set(asOf, [planned]);
    }
  return [...byTime].sort(([a], [b]) => a - b).map(([asOf, members]) => ({ asOf, instruments: members }));
}

function idOf(
  { engineVersion }: PlanDeps,
  { settings, stepBars, instruments }: Pick<Plan, 'settings' | 'stepBars' | 'instruments'>,
  network: HeadedConvnext,
): string {
  const { modelHash, referenceHash, executionProvider, threads } = network;
  const model = { modelHash, referenceHash, heads: headsOf(network, instruments), executionProvider, threads };
  const bars = instruments.map(({ key, series, asOfs }) => ({ key, bars: barsHash(series), from: asOfs[0] ?? null }));
  return `p-${sha256(canonicalJson({ engineVersion, settings, stepBars, model, bars })).slice(0, 16)}`;
}

/** The version of heads that reads any window of these symbols, coarser ones too; null = the shipped heads read them all. */
function headsOf(network: HeadedConvnext, instruments: readonly Planned[]): string | null {
  for (const { series } of instruments)
    for (const interval of INTERVALS) {
      const { heads } = networkFor(network, { symbol: series.symbol, source: series.source, interval });
      if (heads) return heads.sha256;
    }
  return null;
}

function barsHash({ time, open, close }: Series): string {
  const bytes = (column: Float64Array) => Buffer.from(column.buffer, column.byteOffset, column.byteLength);
  return sha256(Buffer.concat([bytes(time), bytes(close), ...(open ? [bytes(open)] : [])]));
}

/** The instruments of a plan as a state tells them. */
export function toldInstruments({ instruments }: Plan): ReplayInstrument[] {
  const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  return instruments.map(({ ref, asOfs }) => ({
    ...ref,
    windows: asOfs.length,
    first: iso(asOfs[0]),
    last: iso(asOfs.at(-1)),
  }));
}

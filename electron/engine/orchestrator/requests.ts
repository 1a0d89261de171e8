import type { AnalyzeRequest, AsOf, InstrumentRef, Settings } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import type { Market, WatchlistStore } from '../market/index.ts';
import type { AnalyzeSettings } from './analyze-settings.ts';

export interface ResolvedRequest {
  title: string;
  refs: InstrumentRef[];
  /** The request's clock, else the watchlist's; undefined = each instrument's own default. */
  asOf: AsOf | undefined;
  settings: AnalyzeSettings;
  allowStale: boolean;
  /** Whose experience its decisions draw on. */
  experience: { origin: Settings['CALIBRATE_ON'] };
}

/** Symbols, clock and settings of a request. @throws UNKNOWN_WATCHLIST, EMPTY_WATCHLIST, INVALID_INPUT */
export function resolveRequest(
  request: AnalyzeRequest,
  watchlists: WatchlistStore,
  settings: Settings,
): ResolvedRequest {
  const list = request.watchlist === undefined ? null : watchlists.get(request.watchlist);
  if (list && list.items.length === 0) throw new BrainnetError('EMPTY_WATCHLIST', { name: list.name });
  const refs = unique([...(request.symbols ?? []), ...(list?.items ?? [])], request.interval);
  if (refs.length === 0) throw new BrainnetError('INVALID_INPUT', { problem: 'name a symbol or a watchlist' });
  const title = list ? list.name : refs.length === 1 ? refs[0]!.symbol : `${refs.length} symbols`;
  return {
    title,
    refs,
    asOf: request.asOf ?? list?.defaultAsOf ?? undefined,
    settings: analyzeSettings(request, settings),
    allowStale: request.allowStale ?? false,
    experience: { origin: settings.CALIBRATE_ON },
  };
}

/** What shapes a decision: the request's wishes over the settings in force. */
export function analyzeSettings(
  request: Pick<AnalyzeRequest, 'windowBars' | 'horizonBars'>,
  settings: Settings,
): AnalyzeSettings {
  return {
    windowBars: request.windowBars ?? settings.WINDOW_BARS,
    horizonBars: request.horizonBars ?? settings.HORIZON_BARS,
    threshold: settings.CONFIDENCE_THRESHOLD,
    maxRefinements: settings.MAX_REFINEMENTS,
    costFraction: settings.COST,
    edgeGate: settings.EDGE_GATE,
  };
}

/** Each instrument once; a bare symbol that a list names with its source means that one. */
function unique(refs: readonly InstrumentRef[], interval: InstrumentRef['interval']): InstrumentRef[] {
  const byKey = new Map<string, InstrumentRef>();
  for (const ref of refs) {
    const meant = interval ? { ...ref, interval } : ref;
    const key = `${ref.source ?? ''} ${ref.symbol} ${meant.interval ?? ''}`;
    if (!byKey.has(key)) byKey.set(key, meant);
  }
  const named = [...byKey.values()];
  const listed = (ref: InstrumentRef) =>
    named.some((other) => other.source && other.symbol === ref.symbol && other.interval === ref.interval);
  return named.filter((ref) => ref.source || !listed(ref));
}

/** The as-of for one instrument where the request gave none: bundled samples open with outcomes ahead. */
export async function asOfFor(
  market: Market,
  ref: InstrumentRef,
  asked: AsOf | undefined,
  signal?: AbortSignal,
): Promise<AsOf | undefined> {
  return asked ?? (await market.resolve(ref, signal)).defaultAsOf ?? undefined;
}

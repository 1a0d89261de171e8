import type { AsOf, Instrument, InstrumentRef, Notice, Source } from '../../../shared/domain/index.ts';
import { INTERVALS } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { createBarsCache } from './bars-cache.ts';
import { createCoarserSeries } from './coarser-series.ts';
import { createColumnsStore } from './columns-store.ts';
import { importCsv } from './import-csv.ts';
import { importEntries } from './imports.ts';
import { createLastSeries } from './last-series.ts';
import { createLiveBars, createLiveMarket, isLive } from './live/index.ts';
import { checkedSymbol } from './parse-series.ts';
import { sampleEntries } from './samples.ts';
import type { SourceEntry } from './source.ts';
import { createStooq } from './stooq/index.ts';
import { createRemoteStore } from './store/index.ts';
import { normaliseSymbol, searchOf, searchSymbols } from './symbols/index.ts';
import type { Market, MarketDeps, Series } from './types.ts';
import { createYahoo } from './yahoo/index.ts';

/** Where a symbol is looked for when the reference names no source, in this order. */
const PREFERENCE: readonly Source[] = ['csv', 'samples', 'samples-closes'];
/** Which interval is meant when the reference names none: daily before the others. */
const INTERVAL_PREFERENCE = ['1d', ...INTERVALS.filter((interval) => interval !== '1d')];

/** The market room: bundled samples, the user's imports and live sources, cached in `cache` (null: nothing is cached between starts). */
export function createMarket(deps: MarketDeps): Market {
  const { cache, importsDir, resourcesDir, clock, liveSource = () => null } = deps;
  const columns = createColumnsStore(createBarsCache(cache));
  const store = createRemoteStore(cache);
  const sources = [createYahoo(deps), createStooq({ ...deps, apiKey: deps.stooqKey })];
  const live = createLiveMarket(createLiveBars({ store, sources, clock, log: deps.log }), store, clock);
  let bundled: SourceEntry[] | null = null;
  let imported: SourceEntry[] | null = null;
  const seriesUpTo = createLastSeries();
  const coarserUpTo = createCoarserSeries(seriesUpTo);
  const entries = () => {
    bundled ??= sampleEntries(resourcesDir);
    imported ??= importEntries(importsDir);
    return [...imported, ...bundled];
  };
  const local = async (ref: InstrumentRef, asOf?: AsOf): Promise<Series> => {
    const { entry, coarser } = find(entries(), ref);
    const raw = await columns.read(entry);
    if (coarser) return coarserUpTo(raw, entry.meta, ref.interval!, asOf, clock.now());
    return seriesUpTo(raw, entry.meta, asOf, clock.now());
  };

  return {
    async instruments() {
      imported = null;
      return [...entries().map(({ instrument }) => instrument), ...live.kept()];
    },
    async resolve(ref, signal) {
      const source = ref.source ?? liveSource() ?? undefined;
      if (!isLive(source)) return localInstrument(entries(), ref);
      try {
        return await live.instrument({ ...ref, source }, signal);
      } catch (error) {
        return unlessImported(entries(), ref, error, (own) => localInstrument(entries(), own));
      }
    },
    async series(ref, asOf, signal) {
      const source = ref.source ?? liveSource() ?? undefined;
      if (!isLive(source)) return local(ref, asOf);
      try {
        return await live.series({ ...ref, source }, asOf, signal);
      } catch (error) {
        return unlessImported(entries(), ref, error, async (own, problem) => {
          const series = await local(own, asOf);
          const sentence = `${problem} The imported bars are used instead`;
          return {
            ...series,
            notices: [...series.notices, { rule: 'imported-instead', effect: 'info', bars: 0, sentence }],
          };
        });
      }
    },
    async importCsv(input) {
      const before = entries().map(({ instrument }) => instrument);
      const report = await importCsv(importsDir, input, clock.now());
      imported = null;
      const replaced = before.find(({ source, symbol, interval }) => {
        return source === 'csv' && symbol === report.symbol && interval === report.interval;
      });
      const other = replaced && (replaced.bars !== report.bars || replaced.lastDate !== report.lastDate);
      return other ? { ...report, notices: [...report.notices, replacedNotice(replaced)] } : report;
    },
    newestHeld(symbol) {
      const known = [symbol, normaliseSymbol(symbol)];
      const held = [...entries().map(({ instrument }) => instrument), ...live.kept()];
      const dates = held.filter((one) => known.includes(one.symbol)).map(({ lastDate }) => lastDate);
      return dates.sort().at(-1) ?? null;
    },
    async search(query, remote) {
      const all = [...entries().map(({ instrument }) => instrument), ...live.kept()];
      const asked = sources.find(({ name }) => name === (liveSource() ?? 'yahoo'));
      return searchSymbols(query, all, remote && asked ? searchOf(asked) : undefined);
    },
  };
}

/** Yahoo, then what is kept of it, then the user's CSV: the last of these, for a reference that did not name its source. */
function unlessImported<T>(
  entries: readonly SourceEntry[],
  ref: InstrumentRef,
  error: unknown,
  use: (own: InstrumentRef, problem: string) => T,
): T {
  const own: InstrumentRef = { ...ref, source: 'csv' };
  const cancelled = error instanceof BrainnetError && error.code === 'CANCELLED';
  if (ref.source || cancelled || !(error instanceof BrainnetError) || !has(entries, own)) throw error;
  return use(own, error.message);
}

function has(entries: readonly SourceEntry[], { symbol, source }: InstrumentRef): boolean {
  return entries.some(({ instrument }) => instrument.symbol === symbol && instrument.source === source);
}

function replacedNotice({ symbol, bars, firstDate, lastDate }: Instrument): Notice {
  const sentence = `they replace the ${bars} bars of ${symbol} imported before (${firstDate} to ${lastDate})`;
  return { rule: 'replaced', effect: 'info', bars, sentence };
}

interface Found {
  entry: SourceEntry;
  /** The interval asked for must be made of these finer bars. */
  coarser: boolean;
}

function localInstrument(entries: readonly SourceEntry[], ref: InstrumentRef): Instrument {
  const { entry, coarser } = find(entries, ref);
  return coarser ? { ...entry.instrument, interval: ref.interval! } : entry.instrument;
}

function find(entries: readonly SourceEntry[], ref: InstrumentRef): Found {
  const symbol = checkedSymbol(ref.symbol);
  if (ref.source && !PREFERENCE.includes(ref.source))
    throw new BrainnetError('SOURCE_UNAVAILABLE', { source: ref.source });
  const named = entries
    .filter(({ instrument }) => instrument.symbol === symbol && (!ref.source || instrument.source === ref.source))
    .sort((a, b) => rank(a.instrument) - rank(b.instrument));
  const exact = named.find(({ instrument }) => !ref.interval || instrument.interval === ref.interval);
  if (exact) return { entry: exact, coarser: false };
  const finer = named.find(
    ({ instrument }) => INTERVALS.indexOf(instrument.interval) < INTERVALS.indexOf(ref.interval!),
  );
  if (finer) return { entry: finer, coarser: true };
  throw new BrainnetError('UNKNOWN_SYMBOL', { symbol, where: placeOf(ref) });
}

function rank({ source, interval }: Instrument): number {
  return PREFERENCE.indexOf(source) * INTERVALS.length + INTERVAL_PREFERENCE.indexOf(interval);
}

function placeOf({ source, interval }: InstrumentRef): string {
  const place = source ? `the source ${source}` : 'the bundled samples or the imported bars';
  return interval ? `${place} at interval ${interval}` : place;
}

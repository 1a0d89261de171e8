import type { Instrument, InstrumentRef } from '../../../shared/domain/index.ts';
import { INTERVALS, SOURCES } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { createBarsCache } from './bars-cache.ts';
import { createColumnsStore } from './columns-store.ts';
import { importCsv } from './import-csv.ts';
import { importEntries } from './imports.ts';
import { checkedSymbol } from './parse-series.ts';
import { sampleEntries } from './samples.ts';
import { buildSeries } from './series.ts';
import type { SourceEntry } from './source.ts';
import type { Market, MarketDeps } from './types.ts';

/** Where a symbol is looked for when the reference names no source, in this order. */
const PREFERENCE = ['csv', 'samples', 'samples-closes'];
/** Which interval is meant when the reference names none: daily before the others. */
const INTERVAL_PREFERENCE = ['1d', ...INTERVALS.filter((interval) => interval !== '1d')];

/** The market room: bundled samples and the user's imports, cached in `cache` (null: nothing is cached between starts). */
export function createMarket({ cache, importsDir, resourcesDir, clock }: MarketDeps): Market {
  const columns = createColumnsStore(createBarsCache(cache));
  let bundled: SourceEntry[] | null = null;
  let imported: SourceEntry[] | null = null;
  const entries = () => {
    bundled ??= sampleEntries(resourcesDir);
    imported ??= importEntries(importsDir);
    return [...imported, ...bundled];
  };

  return {
    async instruments() {
      imported = null;
      return entries().map(({ instrument }) => instrument);
    },
    async resolve(ref) {
      return find(entries(), ref).instrument;
    },
    async series(ref, asOf) {
      const entry = find(entries(), ref);
      return buildSeries(await columns.read(entry), entry.meta, asOf, clock.now());
    },
    async importCsv(input) {
      const report = await importCsv(importsDir, input, clock.now());
      imported = null;
      return report;
    },
  };
}

function find(entries: readonly SourceEntry[], ref: InstrumentRef): SourceEntry {
  const symbol = checkedSymbol(ref.symbol);
  if (ref.source && !(SOURCES as readonly string[]).includes(ref.source)) {
    throw new BrainnetError('SOURCE_UNAVAILABLE', { source: String(ref.source).slice(0, 40) });
  }
  const matching = entries.filter(
    ({ instrument }) =>
      instrument.symbol === symbol &&
      (!ref.source || instrument.source === ref.source) &&
      (!ref.interval || instrument.interval === ref.interval),
  );
  const [best] = matching.sort((a, b) => rank(a.instrument) - rank(b.instrument));
  if (!best) throw new BrainnetError('UNKNOWN_SYMBOL', { symbol, where: placeOf(ref) });
  return best;
}

function rank({ source, interval }: Instrument): number {
  return PREFERENCE.indexOf(source) * INTERVALS.length + INTERVAL_PREFERENCE.indexOf(interval);
}

function placeOf({ source, interval }: InstrumentRef): string {
  const place = source ? `the source ${source}` : 'the bundled samples or the imported bars';
  return interval ? `${place} at interval ${interval}` : place;
}

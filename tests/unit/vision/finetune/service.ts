import type { Market, Series, WatchlistStore } from '../../../../electron/engine/market/index.ts';
import { createLog } from '../../../../electron/engine/platform/index.ts';
import { openHeadsStore } from '../../../../electron/engine/vision/finetune/heads-store.ts';
import {
  createFinetune,
  type Finetune,
  type HeadsStore,
  networkFor,
  withHeads,
} from '../../../../electron/engine/vision/index.ts';
import { fakeNetwork } from './fake-network.ts';
import { normals } from './support.ts';
import { BASE } from './versions.ts';

export const SYMBOLS = ['ONE', 'TWO', 'THREE'];
const DAY = 86_400_000;
const BEGIN = Date.UTC(2010, 0, 1);
const DIMS = 16;

/** Prices that swing with a period of 160 bars, so that a window tells where the next bars go; or a random walk, which tells nothing. */
export function madeSeries(symbol: string, bars: number, kind: 'swing' | 'walk', noise = 0.01): Series {
  const seed = 17 * SYMBOLS.indexOf(symbol) + 5;
  const normal = normals(seed);
  let level = 0;
  const close = Float64Array.from({ length: bars }, (_, i) => {
    level += kind === 'swing' ? 0.01 * Math.cos((2 * Math.PI * (i + 40 * seed)) / 160) : 0;
    level += noise * normal();
    return 100 * Math.exp(level);
  });
  const time = Float64Array.from({ length: bars }, (_, i) => BEGIN + i * DAY);
  return {
    ...{ symbol, source: 'csv', interval: '1d', currency: 'USD', timezone: 'UTC', adjustment: 'none', closeOnly: true },
    ...{ time, close, open: null, high: null, low: null, volume: null, marks: [], notices: [] },
    asOf: BEGIN + bars * DAY,
  };
}

/** Closes of `madeSeries` as a CSV file, from 2010 on. */
export function madeCsv(bars: number, kind: 'swing' | 'walk', noise?: number): string {
  const { time, close } = madeSeries('ONE', bars, kind, noise);
  const rows = Array.from(time, (at, i) => `${new Date(at).toISOString().slice(0, 10)},${close[i]}`);
  return ['Date,Close', ...rows].join('\n');
}

export interface Bench {
  finetune: Finetune;
  store: HeadsStore;
  network: ReturnType<typeof fakeNetwork>;
}

/** The service on made series and a stand-in for the network. */
export function bench(dir: string, kind: 'swing' | 'walk', { bars = 2400, delayMs = 0 } = {}): Bench {
  const network = fakeNetwork(DIMS, BASE, delayMs);
  const store = openHeadsStore(dir, BASE);
  const market = {
    series: async ({ symbol }: { symbol: string }, to?: string) => {
      const most = to ? Math.floor((Date.parse(to) - BEGIN) / DAY) + 1 : bars;
      return madeSeries(symbol, Math.min(bars, most), kind);
    },
  } as unknown as Market;
  const finetune = createFinetune({
    ...{ market, watchlists: {} as WatchlistStore, heads: { store, aliases: {} }, cache: null, engineVersion: '0.0.0' },
    cardFile: 'models/model-card.json',
    network: async () => network,
    clock: { now: () => Date.now() },
    log: createLog({ BRAINNET_LOG: 'silent' }),
    onKept: () => {},
  });
  return { finetune, store, network };
}

export const REQUEST = { symbols: SYMBOLS.map((symbol) => ({ symbol })), seed: 0, dryRun: false };
export { networkFor, withHeads };

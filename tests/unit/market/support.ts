import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import {
  createMarket,
  MARKET_CACHE_MIGRATIONS,
  type Market,
  parseCsvSeries,
} from '../../../electron/engine/market/index.ts';
import { type Database, openDatabase, packageRoot } from '../../../electron/engine/platform/index.ts';
import type { Interval } from '../../../shared/domain/index.ts';
import { BrainnetError, type ErrorData } from '../../../shared/errors.ts';

export const RESOURCES = path.join(packageRoot(), 'resources');
/** Noon in New York on 2020-06-15. */
export const NOW = Date.parse('2020-06-15T16:00:00Z');
export const HEADER = 'Date,Open,High,Low,Close,Adj Close,Volume';

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'brainnet-market-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A real cache.db in `dir`. */
export function openCache(dir: string): Database {
  const cache = openDatabase({
    file: path.join(dir, 'cache.db'),
    migrations: MARKET_CACHE_MIGRATIONS,
    synchronous: 'NORMAL',
  });
  onTestFinished(() => void cache.close());
  return cache;
}

/** A market whose clock stands at `now`. */
export function openMarket(dir: string, cache: Database | null = null, now = NOW): Market {
  return createMarket({
    cache,
    importsDir: path.join(dir, 'imports'),
    resourcesDir: RESOURCES,
    clock: { now: () => now },
  });
}

/** The series of a CSV text as of the clock NOW or `asOf`. */
export function seriesOf(content: string, asOf?: string, interval: Interval = '1d') {
  return parseCsvSeries({ symbol: 'TEST', interval, content, now: NOW, ...(asOf ? { asOf } : {}) });
}

/** What a call throws, as plain data; fails where it throws nothing or something that is not ours. */
export function thrownBy(call: () => unknown): ErrorData {
  try {
    call();
  } catch (error) {
    if (error instanceof BrainnetError) return error.toData();
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** `thrownBy` for a promise. */
export async function rejectedBy(promise: Promise<unknown>): Promise<ErrorData> {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  return thrownBy(() => {
    throw error;
  });
}

/** Dates of a series' bars, YYYY-MM-DD. */
export function datesOf(series: { time: Float64Array }): string[] {
  return Array.from(series.time, (time) => new Date(time).toISOString().slice(0, 10));
}

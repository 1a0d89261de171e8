import type { Instrument } from '../../../shared/domain/index.ts';
import type { RawColumns, SeriesMeta } from './types.ts';

/** An instrument with the way to its columns; `sha256` is that of the file's content, so a changed file is another key. */
export interface SourceEntry {
  instrument: Instrument;
  meta: SeriesMeta;
  sha256: string;
  /** Columns of this instrument, with those of others the same file holds under their keys. */
  load(): Promise<LoadedColumns[]>;
}

export interface LoadedColumns {
  key: ColumnsKey;
  raw: RawColumns;
}

/** What columns are kept under. */
export interface ColumnsKey {
  source: string;
  symbol: string;
  interval: string;
  sha256: string;
}

/** The key of an entry's columns. */
export function keyOf({ instrument, sha256 }: Pick<SourceEntry, 'instrument' | 'sha256'>): ColumnsKey {
  const { source, symbol, interval } = instrument;
  return { source, symbol, interval, sha256 };
}

/** Runs stepwise work to its end, letting the event loop turn between steps. */
export async function breathe<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

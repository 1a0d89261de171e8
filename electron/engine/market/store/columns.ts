import { BrainnetError } from '../../../../shared/errors.ts';
import type { RawColumns } from '../types.ts';

export const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'adjClose', 'volume'] as const;
export type ColumnName = (typeof COLUMNS)[number];
export const VALUE_COLUMNS = ['open', 'high', 'low', 'close', 'adjClose', 'volume'] as const;
export type ValueColumn = (typeof VALUE_COLUMNS)[number];

/** Columns made one by one; time and close are always there. */
export function mapColumns(make: (name: ColumnName) => Float64Array | null): RawColumns {
  const always = (name: 'time' | 'close') => make(name) ?? new Float64Array(0);
  return {
    time: always('time'),
    open: make('open'),
    high: make('high'),
    low: make('low'),
    close: always('close'),
    adjClose: make('adjClose'),
    volume: make('volume'),
  };
}

/** @throws INVALID_INPUT where the columns are not of one length */
export function checkLengths(raw: RawColumns): void {
  const uneven = COLUMNS.find((name) => raw[name] !== null && raw[name].length !== raw.time.length);
  if (uneven) throw new BrainnetError('INVALID_INPUT', { problem: `the column ${uneven} has not one value per bar` });
}

export function bytesOf(column: Float64Array): Buffer {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
}

export function sizeOf(raw: RawColumns): number {
  return COLUMNS.reduce((sum, name) => sum + (raw[name]?.byteLength ?? 0), 0);
}

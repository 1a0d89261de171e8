import type { CsvOptions } from '../../../../shared/domain/index.ts';
import type { Layout } from './layout.ts';
import type { DecimalMark } from './numbers.ts';
import type { EpochUnit } from './times.ts';

export type Delimiter = NonNullable<CsvOptions['delimiter']>;

/** A line of the file with its number, counted from 1. */
export interface Line {
  number: number;
  text: string;
}

/** The form of a file as its first lines tell it: what the rows after them are read by. */
export interface Dialect {
  /** Whose export it is, where the titles or the dates say so. */
  origin: 'Yahoo page' | 'Stooq' | 'TradingView' | 'MetaTrader' | null;
  delimiter: Delimiter;
  decimal: DecimalMark;
  decimalAssumed: boolean;
  grouped: boolean;
  header: boolean;
  /** Number of the last line before the first bar. */
  headerLine: number;
  /** Lines before the header that are neither titles nor bars. */
  preamble: number;
  layout: Layout;
  /** As written; null where the first row is a bar. */
  titles: readonly string[] | null;
  epoch: EpochUnit;
  tickVolume: boolean;
  /** What volumes are counted in by their title; null where it is single pieces. */
  volumeUnit: { factor: number; words: string } | null;
}

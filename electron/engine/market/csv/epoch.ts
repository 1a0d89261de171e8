import { dateMs } from './calendar.ts';
import { badCsv } from './problem.ts';
import type { EpochUnit } from './times.ts';

/** From here on a whole number is ms: as seconds it would be the year 5138. */
const LEAST_MS = 1e11;
/** And from here on microseconds, as Binance writes since 2025. */
const LEAST_MICROS = 1e14;
/** Days since 1900 as spreadsheets count them, 1954 to 2119. */
const DAY_NUMBERS = [20_000, 80_000] as const;

/**
 * Unit of a time column of whole numbers, told by the largest; null where it holds dates (20200131 is one).
 * @throws BAD_CSV for a spreadsheet's day numbers
 */
export function epochUnit(cells: readonly string[]): EpochUnit {
  const numeric = cells.filter((cell) => /^-?\d{1,17}(?:\.\d+)?$/.test(cell));
  if (numeric.length === 0 || numeric.length * 2 < cells.length) return null;
  const compact = numeric.filter(isCompactDate).length;
  if (compact * 2 >= numeric.length) return null;
  const values = numeric.map((cell) => Math.abs(Number(cell)));
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  if (values.every((value) => value >= DAY_NUMBERS[0] && value <= DAY_NUMBERS[1])) {
    throw badCsv("its dates are a spreadsheet's day numbers; write them as 2012-12-31 and export again");
  }
  if (largest >= LEAST_MICROS) return 0.001;
  return largest >= LEAST_MS ? 1 : 1000;
}

function isCompactDate(cell: string): boolean {
  if (!/^\d{8}$/.test(cell)) return false;
  return !Number.isNaN(dateMs(Number(cell.slice(0, 4)), Number(cell.slice(4, 6)), Number(cell.slice(6))));
}

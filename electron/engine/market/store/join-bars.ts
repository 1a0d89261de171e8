import type { RawColumns } from '../types.ts';
import { bytesOf, COLUMNS, type ColumnName, mapColumns, VALUE_COLUMNS } from './columns.ts';
import { adjCloseFactor, overlapOf, type Pair, priceFactor } from './overlap.ts';
import type { Correction, MergeReport } from './types.ts';

/** Values of one source that differ by less, as a fraction, are the same value rounded otherwise. */
const ROUNDING = 1e-6;
const ADJ_CLOSE_ROUNDING = 1e-5;

export interface Joined
  extends Pick<MergeReport, 'added' | 'corrected' | 'unchanged' | 'adjCloseFactor' | 'priceFactor' | 'joined'> {
  raw: RawColumns;
  corrections: Omit<Correction, 'seenAt'>[];
}

/**
 * Kept bars joined with arriving ones, both with `time` strictly rising. Adjusted closes stay in the basis of the kept ones: a dividend
 * moves no kept value, so what was read before reads the same, to the last bit.
 */
export function joinBars(bars: RawColumns | null, fetched: RawColumns): Joined {
  if (!bars) return fresh(fetched, 'yes');
  const kept = withAdjClose(bars, fetched);
  const arriving = withAdjClose(fetched, bars);
  const pairs = overlapOf(kept.time, arriving.time);
  const none = pairs.length === 0 && arriving.time.length > 0;
  if (none && kept.adjClose && arriving.adjClose) return fresh(arriving, 'replaced');
  const price = priceFactor(kept, arriving, pairs);
  const before = price === 1 ? kept : rescaled(kept, price);
  const factor = adjCloseFactor(before, arriving, pairs);
  const after = factor === 1 ? arriving : { ...arriving, adjClose: scaled(arriving.adjClose, 1 / factor) };
  const corrections = correctionsOf(before, after, pairs);
  const corrected = new Set(corrections.map(({ time }) => time)).size;
  return {
    raw: united(before, after),
    added: arriving.time.length - pairs.length,
    corrected,
    unchanged: pairs.length - corrected,
    adjCloseFactor: factor,
    priceFactor: price,
    joined: none ? 'beside' : 'yes',
    corrections,
  };
}

/** Where only the other has adjusted closes, these are the closes themselves: a source may send them only where there is a split. */
function withAdjClose(raw: RawColumns, other: RawColumns): RawColumns {
  return raw.adjClose || !other.adjClose ? raw : { ...raw, adjClose: raw.close };
}

function fresh(raw: RawColumns, joined: Joined['joined']): Joined {
  const counts = { added: raw.time.length, corrected: 0, unchanged: 0 };
  return { raw, ...counts, adjCloseFactor: 1, priceFactor: 1, joined, corrections: [] };
}

/** All of a series in the prices after a split: prices times `factor`, volumes the other way. */
function rescaled(raw: RawColumns, factor: number): RawColumns {
  return mapColumns((name) =>
    name === 'time' ? raw.time : scaled(raw[name], name === 'volume' ? 1 / factor : factor),
  );
}

function scaled(column: Float64Array | null, factor: number): Float64Array | null {
  return column?.map((value) => value * factor) ?? null;
}

function correctionsOf(before: RawColumns, after: RawColumns, pairs: readonly Pair[]): Joined['corrections'] {
  return pairs.flatMap((pair) =>
    VALUE_COLUMNS.flatMap((column) => {
      const was = before[column]?.[pair.kept] ?? Number.NaN;
      const is = after[column]?.[pair.arriving] ?? Number.NaN;
      return differs(was, is, column) ? [{ time: before.time[pair.kept]!, column, before: was, after: is }] : [];
    }),
  );
}

function differs(was: number, is: number, column: ColumnName): boolean {
  if (Number.isNaN(is) || was === is) return false;
  const rounding = column === 'adjClose' ? ADJ_CLOSE_ROUNDING : ROUNDING;
  return !(Math.abs(is - was) <= rounding * Math.max(Math.abs(is), Math.abs(was))) || !Number.isFinite(is - was);
}

/** Every bar of both; where both have it, the kept value unless the arriving one corrects it. Kept bars before all arriving ones are copied whole. */
function united(kept: RawColumns, arriving: RawColumns): RawColumns {
  const first = arriving.time[0] ?? Infinity;
  const later = kept.time.findIndex((time) => time >= first);
  const head = later < 0 ? kept.time.length : later;
  const rows = unitedRows(kept.time, arriving.time, head);
  return mapColumns((name) => {
    const [old, fresh] = [kept[name], arriving[name]];
    if (!old && !fresh) return null;
    const column = new Float64Array(head + rows.length).fill(Number.NaN);
    if (old) column.set(old.subarray(0, head));
    for (const [index, [keptRow, arrivingRow]] of rows.entries()) {
      const was = old?.[keptRow] ?? Number.NaN;
      const is = fresh?.[arrivingRow] ?? Number.NaN;
      column[head + index] = keptRow < 0 || differs(was, is, name) ? is : was;
    }
    return column;
  });
}

/** For every bar of the union, from the kept row `head` on, its row in each; -1 where it has none. */
function unitedRows(kept: Float64Array, arriving: Float64Array, head: number): [number, number][] {
  const rows: [number, number][] = [];
  for (let i = head, j = 0; i < kept.length || j < arriving.length; ) {
    const [a, b] = [kept[i] ?? Infinity, arriving[j] ?? Infinity];
    rows.push([a <= b ? i++ : -1, b <= a ? j++ : -1]);
  }
  return rows;
}

/** Whether two series hold the same bars, bit for bit. */
export function sameBars(a: RawColumns, b: RawColumns): boolean {
  return COLUMNS.every((name) => {
    const [left, right] = [a[name], b[name]];
    if (!left || !right) return left === right;
    return bytesOf(left).equals(bytesOf(right));
  });
}

import { isPrice } from '../bad-bars.ts';
import type { RawColumns } from '../types.ts';
import { arrivalsOf } from './arrivals.ts';
import { alike, type Basis, basisOf, SCALE_ROUNDING } from './basis.ts';
import { bytesOf, COLUMNS, type ColumnName, mapColumns, VALUE_COLUMNS, type ValueColumn } from './columns.ts';
import { overlapOf, type Pair } from './overlap.ts';
import type { Correction, FetchedBars, MergeReport } from './types.ts';

/** Values of one source that differ by less, as a fraction, are the same value rounded otherwise. */
const ROUNDING = 1e-6;
const ADJ_CLOSE_ROUNDING = 1e-5;
/** A bar whose adjusted close is nearer to its close lies after every split, but for dividends. */
const LEAST_SPLIT = 1.2;

export interface Joined
  extends Pick<MergeReport, 'added' | 'corrected' | 'unchanged' | 'adjCloseFactor' | 'priceFactor' | 'joined'> {
  raw: RawColumns;
  corrections: Omit<Correction, 'seenAt'>[];
  /** Start of the first new bar in another basis than the bars before it, UTC ms; null where there is none. */
  restatedFrom: number | null;
}

/**
 * Kept bars joined with arriving ones, both with `time` strictly rising. Kept prices stay those of their day and kept adjusted closes in
 * their basis: a dividend or split moves no kept value, so what was read before reads the same, to the last bit. Where the source moved its
 * past prices without naming a split, the step goes into `adjClose / close` of the bars that follow, as that of a split does. With
 * `trust` 'arriving' the source's prices stand and the kept ones are corrected.
 */
export function joinBars(bars: RawColumns | null, fetched: RawColumns, trust: FetchedBars['trust'] = 'kept'): Joined {
  if (!bars) return fresh(fetched, 'yes');
  const pairs = overlapOf(bars.time, fetched.time);
  const none = pairs.length === 0 && fetched.time.length > 0;
  if (none && bars.adjClose && fetched.adjClose) return fresh(fetched, 'replaced');
  const adjusted = adjustedAlike(bars, fetched);
  const basis = basisOf(adjusted.kept, adjusted.arriving, pairs);
  const restatedFrom = trust === 'kept' ? restatedBar(basis, pairs, fetched) : null;
  const carries = basis.adjusted !== 1 && fetched.time.length > pairs.length;
  const { kept, arriving } = carries ? withAdjClose(adjusted) : adjusted;
  const after = inKeptBasis(kept, arriving, pairs, trust === 'kept' ? basis : { ...basis, scales: pairs.map(() => 1) });
  const corrections = correctionsOf(kept, after, pairs);
  const corrected = new Set(corrections.map(({ time }) => time)).size;
  const scale = basis.scales[0] ?? 1;
  return {
    raw: united(kept, after),
    added: arriving.time.length - pairs.length,
    corrected,
    unchanged: pairs.length - corrected,
    adjCloseFactor: basis.adjusted / scale,
    priceFactor: scale,
    joined: none ? 'beside' : 'yes',
    corrections,
    restatedFrom,
  };
}

/** Kept and arriving columns, both with adjusted closes where one has them: a source may send them only where there is a split. */
function adjustedAlike(kept: RawColumns, arriving: RawColumns): { kept: RawColumns; arriving: RawColumns } {
  return kept.adjClose || arriving.adjClose ? withAdjClose({ kept, arriving }) : { kept, arriving };
}

function withAdjClose({ kept, arriving }: { kept: RawColumns; arriving: RawColumns }) {
  const filled = (raw: RawColumns) => (raw.adjClose ? raw : { ...raw, adjClose: raw.close });
  return { kept: filled(kept), arriving: filled(arriving) };
}

/** The first bar after all that both have, where the source tells even the last of these in another basis. */
function restatedBar({ scales }: Basis, pairs: readonly Pair[], { time }: RawColumns): number | null {
  const last = pairs.at(-1);
  return last && scales.at(-1) !== 1 ? (time[last.arriving + 1] ?? null) : null;
}

function fresh(raw: RawColumns, joined: Joined['joined']): Joined {
  const counts = { added: raw.time.length, corrected: 0, unchanged: 0 };
  return { raw, ...counts, adjCloseFactor: 1, priceFactor: 1, joined, corrections: [], restatedFrom: null };
}

/** Arriving columns with adjusted closes, and prices of bars that were moved, in the basis of the kept ones. */
function inKeptBasis(
  kept: RawColumns,
  arriving: RawColumns,
  pairs: readonly Pair[],
  { adjusted, scales }: Basis,
): RawColumns {
  return mapColumns((name) => {
    if (name === 'time') return arriving.time;
    const column = name === 'adjClose' ? rescaled(arriving.adjClose, 1 / adjusted) : arriving[name];
    if (!column) return null;
    const own = column.slice();
    for (const [index, pair] of pairs.entries()) {
      const was = kept[name]?.[pair.kept] ?? Number.NaN;
      const is = own[pair.arriving]!;
      if (scales[index] !== 1) own[pair.arriving] = keptValue(name, was, is, scales[index]!);
      else if (name === 'volume' && Math.abs(is - was) <= wholeShares(arriving, pair.arriving))
        own[pair.arriving] = was;
    }
    return own;
  });
}

/** How far a past volume may be off where a later split made the source tell it in whole shares of another size; 0 without one. */
function wholeShares({ adjClose, close }: RawColumns, row: number): number {
  const size = adjClose ? adjClose[row]! / close[row]! : 1;
  return Math.max(size, 1 / size) >= LEAST_SPLIT ? size : 0;
}

/** A cell of a bar that the source moved, in the basis it was kept in; the kept value itself where they agree up to rounding. */
function keptValue(column: ValueColumn, was: number, is: number, scale: number): number {
  if (column === 'volume') return Number.isNaN(was) ? is : was;
  const value = column === 'adjClose' ? is : is / scale;
  return alike(value, was, SCALE_ROUNDING) ? was : value;
}

function rescaled(column: Float64Array | null, factor: number): Float64Array | null {
  return column && factor !== 1 ? column.map((value) => value * factor) : column;
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
  if (column !== 'volume' && column !== 'time' && !isPrice(is)) return Number.isNaN(was);
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

/** A move of one bar that no common move explains and that is more than a correction. */
const ODD = 1.2;

/** How an answer stands to kept bars: by how much it moved each it has too, and whether one moved by a fifth or more against the others. */
export function contradicts(kept: RawColumns, fetched: RawColumns): { scales: number[]; odd: boolean } {
  const { raw } = arrivalsOf(fetched, Infinity);
  const pairs = overlapOf(kept.time, raw.time);
  const adjusted = adjustedAlike(kept, raw);
  const { scales } = basisOf(adjusted.kept, adjusted.arriving, pairs);
  const odd = pairs.some((pair, index) => {
    const ratio = raw.close[pair.arriving]! / kept.close[pair.kept]! / scales[index]!;
    return ratio > 0 && Number.isFinite(ratio) && Math.max(ratio, 1 / ratio) > ODD;
  });
  return { scales, odd };
}

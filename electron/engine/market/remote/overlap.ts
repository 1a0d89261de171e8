import type { RawColumns } from '../types.ts';
import { type Claim, lying, median } from './checks.ts';
import type { Split } from './types.ts';

/** Prices within this factor of the kept ones are corrections or a day's move, not another unit. */
const ALIKE = 1.25;
const EXACT = 0.005;
/** Splits that need no announcement to be believed when the ratio is exact; 100 and 1000 are units mixed up. */
const BELIEVED = [
  5 / 4,
  4 / 3,
  3 / 2,
  5 / 3,
  7 / 4,
  5 / 2,
  7 / 2,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  12,
  15,
  20,
  25,
  30,
  40,
  50,
];

/** A bar of which every price is this many times the close before it, or such a part of it, is of another unit. */
const OTHER_UNIT = 50;

/** How new bars stand to those kept: the median of new / kept close, and the split that explains it (new shares for an old one). */
export interface Agreement {
  bars: number;
  ratio: number;
  split: number | null;
}

/**
 * Compares new bars with kept ones of the same times, in prices as delivered. A median ratio of closes within 5/4 is agreement (single
 * corrected bars are another matter); an announced split, or an exact small fraction over all bars
 * but those after it, explains more.
 * Fewer than 1 common bar: nothing can be said, `ratio` 1. Bars after the kept ones must be of the unit of the bar before each.
 * @throws SOURCE_LYING where nothing explains the ratio, such as prices 100 times off
 */
export function checkOverlap(fresh: RawColumns, kept: RawColumns, splits: readonly Split[], claim: Claim): Agreement {
  const ratios = commonRatios(fresh, kept);
  checkNewBars(fresh, kept, splits, claim);
  if (ratios.length === 0) return { bars: 0, ratio: 1, split: null };
  const ratio = median(ratios);
  const agreement = { bars: ratios.length, ratio, split: null };
  if (sizeOf(ratio) <= ALIKE) return agreement;
  const announced = splits.find((split) => near(ratio * split.ratio) || near(ratio / split.ratio));
  if (announced) return { ...agreement, split: announced.ratio };
  const exact = ratios.every((value) => Math.abs(value / ratio - 1) <= EXACT || Math.abs(value - 1) <= EXACT);
  const believed = exact ? believedSplit(ratio, EXACT) : null;
  if (believed) return { ...agreement, split: 1 / believed };
  throw lying(claim, `they are ${timesOff(ratio)} those kept (median of ${ratios.length} bars)${reasonOf(ratio)}`);
}

/** @throws SOURCE_LYING where a bar after the kept ones is of another unit than the bar before it, and no split says so */
function checkNewBars(fresh: RawColumns, kept: RawColumns, splits: readonly Split[], claim: Claim): void {
  if (splits.some(({ ratio }) => sizeOf(ratio) >= OTHER_UNIT)) return;
  const last = kept.time.at(-1) ?? Infinity;
  let before = kept.close.findLast((close) => close > 0) ?? Number.NaN;
  for (const [row, time] of fresh.time.entries()) {
    const close = fresh.close[row]!;
    if (!(close > 0)) continue;
    if (time > last && isOtherUnit(fresh, row, before)) {
      const day = new Date(time).toISOString().slice(0, 10);
      throw lying(claim, `that of ${day} is ${timesOff(close / before)} the one before it${reasonOf(close / before)}`);
    }
    before = close;
  }
}

function isOtherUnit({ open, high, low, close }: RawColumns, row: number, before: number): boolean {
  const ratios = [open, high, low, close]
    .flatMap((column) => (column ? column[row]! / before : []))
    .filter((ratio) => ratio > 0);
  return ratios.every((ratio) => ratio >= OTHER_UNIT) || ratios.every((ratio) => ratio <= 1 / OTHER_UNIT);
}

/** The small fraction of a split, or its inverse, that a ratio of prices is within `tolerance` (a fraction of it); null where it is none. */
export function believedSplit(ratio: number, tolerance: number): number | null {
  const size = sizeOf(ratio);
  const fraction = BELIEVED.find((candidate) => Math.abs(size / candidate - 1) <= tolerance);
  if (fraction === undefined) return null;
  return ratio > 1 ? fraction : 1 / fraction;
}

/** New over kept close of every bar that both have, in the order of the new ones. */
export function commonRatios(fresh: RawColumns, kept: RawColumns): number[] {
  const closes = new Map<number, number>();
  kept.time.forEach((time, row) => void closes.set(time, kept.close[row]!));
  const ratios: number[] = [];
  fresh.time.forEach((time, row) => {
    const ratio = fresh.close[row]! / (closes.get(time) ?? Number.NaN);
    if (ratio > 0 && Number.isFinite(ratio)) ratios.push(ratio);
  });
  return ratios;
}

function sizeOf(ratio: number): number {
  return Math.max(ratio, 1 / ratio);
}

function near(value: number): boolean {
  return Math.abs(value - 1) <= 0.02;
}

function timesOff(ratio: number): string {
  const size = Number(sizeOf(ratio).toPrecision(3));
  return ratio > 1 ? `${size} times` : `a ${size}th part of`;
}

function reasonOf(ratio: number): string {
  const size = sizeOf(ratio);
  const units = Math.abs(size / 100 - 1) <= 0.05 || Math.abs(size / 1000 - 1) <= 0.05;
  return units ? ', as where pence and pounds are mixed up' : ', and no split explains it';
}

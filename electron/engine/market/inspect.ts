import type { Notice } from '../../../shared/domain/index.ts';
import { adjustmentOf } from './adjustment.ts';
import { findBadBars, type GoodBars, type NowLimits } from './bad-bars.ts';
import { type Hole, holeNotices, holesIn } from './holes.ts';
import { noticesOf } from './notices.ts';
import { latestBegunStart, latestEndedStart } from './sessions.ts';
import type { BarMark, RawColumns, SeriesMeta } from './types.ts';
import { readVolume } from './volume.ts';

const BLOCK = 20_000;
const ADJ_MISSING: BarMark = { time: 0, rule: 'adj-close-missing', effect: 'repaired' };

/** What the series of some columns would be, told without making it. */
export interface Inspection {
  bars: number;
  /** Starts of the first and the last bar, UTC ms; NaN where there is none. */
  first: number;
  last: number;
  closeOnly: boolean;
  adjustment: 'point-in-time' | 'none';
  /** Those of `buildSeries`, less the source's. */
  notices: Notice[];
}

/** Goes through the bars as `buildSeries` does up to `now` (UTC ms), block by block, and yields between blocks. */
export function* inspect(raw: RawColumns, meta: SeriesMeta, now: number): Generator<void, Inspection> {
  const { interval, timezone } = meta;
  const backwards = runsBackwards(raw.time);
  const candles = hasCandles(raw);
  yield;
  const limits = { begun: latestBegunStart(now, interval, timezone), ended: latestEndedStart(now, interval, timezone) };
  const tally = { bars: 0, first: Number.NaN, last: Number.NaN, adjusted: false, adjMissing: 0, volumeMissing: 0 };
  const marks: BarMark[] = [];
  const holes: Hole[] = [];
  let last: number | null = null;
  for (let at = 0; at < raw.time.length; at += BLOCK) {
    const good = goodOfBlock(raw, blockRows(raw.time.length, at, backwards), last, candles, limits);
    const led = last === null ? good.rows : [last, ...good.rows];
    holes.push(...holesIn({ time: Float64Array.from(led, (row) => raw.time[row]!), interval }));
    last = good.rows.at(-1) ?? last;
    for (const mark of good.marks) marks.push(mark);
    count(tally, raw, good.rows);
    yield;
  }
  const { bars, first, adjusted } = tally;
  const repaired = adjusted ? new Array<BarMark>(tally.adjMissing).fill(ADJ_MISSING) : [];
  const told = [...facts(tally, backwards, raw.volume !== null), ...holeNotices(holes)];
  const notices = [...noticesOf([...marks, ...repaired]), ...told];
  const adjustment = adjusted ? 'point-in-time' : 'none';
  return { bars, first, last: tally.last, closeOnly: !candles, adjustment, notices };
}

function runsBackwards(time: Float64Array): boolean {
  let balance = 0;
  for (let row = 1; row < time.length; row++) {
    if (time[row]! > time[row - 1]!) balance++;
    else if (time[row]! < time[row - 1]!) balance--;
  }
  return balance < 0;
}

function hasCandles({ open, high, low }: RawColumns): boolean {
  if (!open || !high || !low) return false;
  return open.some((value, row) => !(Number.isNaN(value) && Number.isNaN(high[row]) && Number.isNaN(low[row])));
}

/** Rows `at` to `at + BLOCK` counted from the oldest bar. */
function blockRows(length: number, at: number, backwards: boolean): number[] {
  const size = Math.min(BLOCK, length - at);
  return Array.from({ length: size }, (_, index) => (backwards ? length - 1 - at - index : at + index));
}

/** The verdict on a row rests on the last good one before it, which therefore leads the block and is taken off again. */
function goodOfBlock(
  raw: RawColumns,
  rows: number[],
  last: number | null,
  candles: boolean,
  limits: NowLimits,
): Pick<GoodBars, 'rows' | 'marks'> {
  if (last === null) return findBadBars(raw, rows, candles, limits);
  const good = findBadBars(raw, [last, ...rows], candles, limits);
  return { rows: good.rows.slice(1), marks: good.widened.has(last) ? good.marks.slice(1) : good.marks };
}

interface Tally {
  bars: number;
  first: number;
  last: number;
  adjusted: boolean;
  adjMissing: number;
  volumeMissing: number;
}

function count(tally: Tally, raw: RawColumns, rows: readonly number[]): void {
  if (rows.length === 0) return;
  if (tally.bars === 0) tally.first = raw.time[rows[0]!]!;
  tally.bars += rows.length;
  tally.last = raw.time[rows.at(-1)!]!;
  const adjustment = adjustmentOf(raw, rows);
  if (adjustment) tally.adjusted = true;
  if (raw.adjClose) tally.adjMissing += adjustment ? adjustment.marks.length : rows.length;
  const { volume, missing } = readVolume(raw, rows, null);
  tally.volumeMissing += volume ? missing : rows.length;
}

function facts({ bars, volumeMissing }: Tally, backwards: boolean, hasVolume: boolean): Notice[] {
  const turned = 'the file runs from the newest bar to the oldest and was turned round';
  const missing = `${volumeMissing} bars without a volume are shown with volume 0`;
  return [
    ...(backwards ? [info('newest-first', bars, turned)] : []),
    ...(hasVolume && volumeMissing > 0 && volumeMissing < bars ? [info('volume-missing', volumeMissing, missing)] : []),
  ];
}

function info(rule: string, bars: number, sentence: string): Notice {
  return { rule, effect: 'info', bars, sentence };
}

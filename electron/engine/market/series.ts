import type { AsOf, Notice } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { adjustmentSteps } from './adjustment.ts';
import { asOfInstant } from './as-of.ts';
import { badBarSteps, type GoodBars, type NowLimits } from './bad-bars.ts';
import { gathering } from './gather.ts';
import { holeNotices, holesIn } from './holes.ts';
import { noticesOf } from './notices.ts';
import { barEnd, latestBegunStart, latestEndedStart } from './sessions.ts';
import { breathe } from './source.ts';
import { finish, isStep, type Steps } from './steps.ts';
import type { RawColumns, Series, SeriesMeta } from './types.ts';
import { volumeSteps } from './volume.ts';

/**
 * The series of DEFINITIONS 1 from columns as delivered: rows that end after `asOf` are set aside before anything looks at them, so
 * the answer is that of the file cut there. `now` (UTC ms) bounds what can have closed.
 * @throws BAD_DATE, TOO_FEW_BARS (no good bar ends by the as-of)
 */
export function buildSeries(raw: RawColumns, meta: SeriesMeta, asOf: AsOf | undefined, now: number): Series {
  return finish(seriesSteps(raw, meta, { asOf, ...cutOf(meta, asOf, now) }));
}

/** `buildSeries` with turns of the event loop in between, for series of any length. @throws as `buildSeries` */
export async function seriesUpTo(
  raw: RawColumns,
  meta: SeriesMeta,
  asOf: AsOf | undefined,
  now: number,
): Promise<Series> {
  return breathe(seriesSteps(raw, meta, { asOf, ...cutOf(meta, asOf, now) }));
}

/** Where the columns are cut, and what bounds their bars; the same cut of the same columns is the same series. */
export interface Cut {
  /** Start of the latest bar that may be in it. */
  latest: number;
  limits: NowLimits;
  now: number;
}

/** @throws BAD_DATE */
export function cutOf({ interval, timezone }: SeriesMeta, asOf: AsOf | undefined, now: number): Cut {
  const wanted = asOf === undefined ? Infinity : asOfInstant(asOf, timezone);
  const begun = latestBegunStart(now, interval, timezone);
  const limits = { begun, ended: latestEndedStart(now, interval, timezone) };
  return { latest: latestEndedStart(wanted, interval, timezone), limits, now };
}

function* seriesSteps(raw: RawColumns, meta: SeriesMeta, cut: Cut & { asOf: AsOf | undefined }): Steps<Series> {
  const { asOf, latest, limits, now } = cut;
  const { rows, reversed } = yield* rowsUpTo(raw.time, latest);
  const candles = hasCandles(raw, rows);
  const good = yield* badBarSteps(raw, rows, candles, limits);
  if (good.rows.length === 0) {
    const until = asOf ?? new Date(now).toISOString().slice(0, 10);
    throw new BrainnetError('TOO_FEW_BARS', { symbol: meta.symbol, have: 0, asOf: until, need: 32 });
  }
  return yield* assemble(raw, meta, good, candles, reversed);
}

/** Rows with `time` <= `latest`, oldest first; a file that mostly runs backwards is newest first and is turned round. */
function* rowsUpTo(time: Float64Array, latest: number): Steps<{ rows: number[]; reversed: boolean }> {
  const rows: number[] = [];
  let balance = 0;
  let before = Number.NaN;
  for (let row = 0; row < time.length; row++) {
    if (isStep(row)) yield;
    const own = time[row]!;
    if (own > latest) continue;
    if (rows.length > 0) balance += Math.sign(own - before);
    before = own;
    rows.push(row);
  }
  return balance < 0 ? { rows: rows.reverse(), reversed: true } : { rows, reversed: false };
}

function hasCandles({ open, high, low }: RawColumns, rows: readonly number[]): boolean {
  if (!open || !high || !low) return false;
  return rows.some((row) => !(Number.isNaN(open[row]) && Number.isNaN(high[row]) && Number.isNaN(low[row])));
}

function* assemble(
  raw: RawColumns,
  meta: SeriesMeta,
  good: GoodBars,
  candles: boolean,
  reversed: boolean,
): Steps<Series> {
  const { rows } = good;
  const adjustment = yield* adjustmentSteps(raw, rows);
  const prices = (column: Float64Array, widened?: 0 | 1) =>
    gathering(rows, priceOf(column, adjustment?.price, good.widened, widened));
  const time = yield* gathering(rows, (row) => raw.time[row]!);
  const { volume, missing } = yield* volumeSteps(raw, rows, adjustment?.volume ?? null);
  const marks = [...good.marks, ...(adjustment?.marks ?? [])];
  const { sourceNotices, ...identity } = meta;
  const facts = [
    info('newest-first', rows.length, 'the file runs from the newest bar to the oldest and was turned round', reversed),
    info('volume-missing', missing, `${missing} bars without a volume are shown with volume 0`, missing > 0),
  ];
  const holes = holeNotices(holesIn({ time, interval: meta.interval }));
  return {
    ...identity,
    adjustment: adjustment ? 'point-in-time' : 'none',
    closeOnly: !candles,
    time,
    open: candles ? yield* prices(raw.open!) : null,
    high: candles ? yield* prices(raw.high!, 0) : null,
    low: candles ? yield* prices(raw.low!, 1) : null,
    close: yield* prices(raw.close),
    volume,
    asOf: barEnd(time.at(-1)!, meta.interval, meta.timezone),
    marks,
    notices: [...noticesOf(marks), ...facts.flat(), ...holes, ...sourceNotices],
  };
}

/** The price of a row in prices of the as-of bar; `widened`: which of the pair that a repair gave stands for it. */
function priceOf(
  column: Float64Array,
  ratio: Float64Array | undefined,
  repaired: GoodBars['widened'],
  widened: 0 | 1 | undefined,
): (row: number, index: number) => number {
  const mended = widened !== undefined && repaired.size > 0;
  const raw = mended ? (row: number) => repaired.get(row)?.[widened] ?? column[row]! : null;
  if (raw) return ratio ? (row, index) => raw(row) * ratio[index]! : raw;
  return ratio ? (row, index) => column[row]! * ratio[index]! : (row) => column[row]!;
}

function info(rule: string, bars: number, sentence: string, applies: boolean): Notice[] {
  return applies ? [{ rule, effect: 'info', bars, sentence }] : [];
}

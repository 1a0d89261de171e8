import type { AsOf, Notice } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { adjustmentOf } from './adjustment.ts';
import { asOfInstant } from './as-of.ts';
import { findBadBars, type GoodBars } from './bad-bars.ts';
import { gather } from './gather.ts';
import { noticesOf } from './notices.ts';
import { barEnd, latestBegunStart, latestEndedStart } from './sessions.ts';
import type { RawColumns, Series, SeriesMeta } from './types.ts';
import { readVolume } from './volume.ts';

/**
 * The series of DEFINITIONS 1 from columns as delivered: rows that end after `asOf` are set aside before anything looks at them, so
 * the answer is that of the file cut there. `now` (UTC ms) bounds what can have closed.
 * @throws BAD_DATE, TOO_FEW_BARS (no good bar ends by the as-of)
 */
export function buildSeries(raw: RawColumns, meta: SeriesMeta, asOf: AsOf | undefined, now: number): Series {
  const { interval, timezone } = meta;
  const wanted = asOf === undefined ? Infinity : asOfInstant(asOf, timezone);
  const { rows, reversed } = rowsUpTo(raw.time, latestEndedStart(wanted, interval, timezone));
  const candles = hasCandles(raw, rows);
  const limits = {
    begun: latestBegunStart(now, interval, timezone),
    ended: latestEndedStart(now, interval, timezone),
  };
  const good = findBadBars(raw, rows, candles, limits);
  if (good.rows.length === 0) {
    const until = asOf ?? new Date(now).toISOString().slice(0, 10);
    throw new BrainnetError('TOO_FEW_BARS', { symbol: meta.symbol, have: 0, asOf: until, need: 32 });
  }
  return assemble(raw, meta, good, candles, reversed);
}

/** Rows with `time` <= `latest`, oldest first; a file that mostly runs backwards is newest first and is turned round. */
function rowsUpTo(time: Float64Array, latest: number): { rows: number[]; reversed: boolean } {
  const rows: number[] = [];
  let balance = 0;
  for (let row = 0; row < time.length; row++) {
    if (time[row]! > latest) continue;
    if (rows.length > 0) balance += Math.sign(time[row]! - time[rows.at(-1)!]!);
    rows.push(row);
  }
  return balance < 0 ? { rows: rows.reverse(), reversed: true } : { rows, reversed: false };
}

function hasCandles({ open, high, low }: RawColumns, rows: readonly number[]): boolean {
  if (!open || !high || !low) return false;
  return rows.some((row) => !(Number.isNaN(open[row]) && Number.isNaN(high[row]) && Number.isNaN(low[row])));
}

function assemble(raw: RawColumns, meta: SeriesMeta, good: GoodBars, candles: boolean, reversed: boolean): Series {
  const { rows } = good;
  const adjustment = adjustmentOf(raw, rows);
  const ratio = adjustment?.price;
  const prices = (value: (row: number) => number) =>
    gather(rows, (row, index) => value(row) * (ratio ? ratio[index]! : 1));
  const time = gather(rows, (row) => raw.time[row]!);
  const { volume, missing } = readVolume(raw, rows, adjustment?.volume ?? null);
  const marks = [...good.marks, ...(adjustment?.marks ?? [])];
  const { sourceNotices, ...identity } = meta;
  const facts = [
    info('newest-first', rows.length, 'the file runs from the newest bar to the oldest and was turned round', reversed),
    info('volume-missing', missing, `${missing} bars without a volume are shown with volume 0`, missing > 0),
  ];
  return {
    ...identity,
    adjustment: adjustment ? 'point-in-time' : 'none',
    closeOnly: !candles,
    time,
    open: candles ? prices((row) => raw.open![row]!) : null,
    high: candles ? prices((row) => good.widened.get(row)?.[0] ?? raw.high![row]!) : null,
    low: candles ? prices((row) => good.widened.get(row)?.[1] ?? raw.low![row]!) : null,
    close: prices((row) => raw.close[row]!),
    volume,
    asOf: barEnd(time.at(-1)!, meta.interval, meta.timezone),
    marks,
    notices: [...noticesOf(marks), ...facts.flat(), ...sourceNotices],
  };
}

function info(rule: string, bars: number, sentence: string, applies: boolean): Notice[] {
  return applies ? [{ rule, effect: 'info', bars, sentence }] : [];
}

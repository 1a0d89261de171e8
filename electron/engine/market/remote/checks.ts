import type { Interval } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { DAY, intradayMs } from '../sessions.ts';

/** Who said it and of what, for the sentence. */
export interface Claim {
  source: string;
  symbol: string;
}

/** Nothing was traded on an exchange that a source could know before this. */
export const EARLIEST = Date.UTC(1800, 0, 1);
/** A clock that is wrong by less is no reason to refuse; such bars are dropped one by one as later than now. */
const CLOCK_TOLERANCE = DAY;
const LENGTHS: Readonly<Record<'1d' | '1wk' | '1mo', number>> = { '1d': DAY, '1wk': 7 * DAY, '1mo': 30.4 * DAY };
/** Below this many bars their spacing says nothing. */
const ENOUGH_BARS = 8;

/** An error for prices that cannot be right, with why. */
export function lying({ source, symbol }: Claim, problem: string): BrainnetError {
  return new BrainnetError('SOURCE_LYING', { source, symbol, problem });
}

/** An error for an answer that is not data. */
export function notData(source: string, problem: string): BrainnetError {
  return new BrainnetError('SOURCE_ANSWER_BAD', { source, problem });
}

/** True where a text is a web page instead of data. */
export function isMarkup(text: string): boolean {
  return /^[\s\uFEFF]*</.test(text);
}

/** The symbol answered for must be the one asked for. @throws SYMBOL_RENAMED */
export function checkSymbol(answered: string, { source, symbol }: Claim): void {
  if (answered.toUpperCase() === symbol.toUpperCase()) return;
  const found = /^[\w^.=/-]{1,20}$/.test(answered) ? answered : 'something else';
  throw new BrainnetError('SYMBOL_RENAMED', { source, symbol, found });
}

/** Times (UTC ms of starts) must be possible: after 1800 and not more than a day ahead of `now`. @throws SOURCE_LYING */
export function checkTimes(times: readonly number[], now: number, claim: Claim): void {
  const early = times.find((time) => !(time >= EARLIEST));
  if (early !== undefined) throw lying(claim, 'some bear a time that no market had');
  const late = times.find((time) => time > now + CLOCK_TOLERANCE);
  if (late === undefined) return;
  const when = late < 8e15 ? new Date(late).toISOString().slice(0, 10) : 'far ahead';
  throw lying(claim, `some are of ${when}, later than the clock of this computer, which may be wrong`);
}

/**
 * The median distance of neighbouring bars must be that of the interval: at least nine tenths of it, and for daily and weekly bars
 * below the next coarser one. @throws SOURCE_LYING
 */
export function checkSpacing(times: readonly number[], interval: Interval, claim: Claim): void {
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  const distinct = gaps.filter((gap) => gap > 0);
  if (distinct.length < ENOUGH_BARS) return;
  const spacing = median(distinct);
  const coarser = interval === '1d' ? 6 * DAY : interval === '1wk' ? 20 * DAY : Infinity;
  if (spacing >= 0.9 * lengthOf(interval) && spacing <= coarser) return;
  throw lying(claim, `they are ${inWords(spacing)} apart, but ${interval} bars were asked for`);
}

/** Adjusted closes step against the closes at dividends only: not at more than this share of bars of a day or shorter. */
const MOST_STEPS = 1 / 3;
const LEAST_STEP = 1e-3;
/** Sources round at the sixth decimal, which moves the adjusted closes of the cheapest past by up to this share. */
const [DECIMAL, MOST_ROUNDING] = [1e-6, 0.02];
const ENOUGH_STEPS = 4;

/**
 * Adjusted closes must follow the closes; `rows` are in the order of time, both in the source's basis. Longer bars than a day may
 * each hold a dividend. @throws SOURCE_LYING
 */
export function checkAdjusted(
  rows: readonly { close: number; adjClose: number }[],
  interval: Interval,
  claim: Claim,
): void {
  const factors = rows
    .map(({ close, adjClose }) => ({ factor: adjClose / close, rounding: DECIMAL / close + DECIMAL / adjClose }))
    .filter(({ factor }) => factor > 0);
  const steps = factors.slice(1).filter(({ factor, rounding }, index) => {
    const least = Math.max(LEAST_STEP, Math.min(MOST_ROUNDING, rounding));
    return Math.abs(factor / factors[index]!.factor - 1) > least;
  });
  if (lengthOf(interval) > DAY || steps.length < ENOUGH_STEPS || steps.length <= factors.length * MOST_STEPS) return;
  throw lying(claim, 'the adjusted closes do not follow the closes');
}

/** Middle value; of an even number the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function lengthOf(interval: Interval): number {
  return intradayMs(interval) ?? LENGTHS[interval as keyof typeof LENGTHS];
}

function inWords(ms: number): string {
  if (ms >= DAY) return `${Number((ms / DAY).toPrecision(2))} days`;
  return `${Number((ms / 60_000).toPrecision(2))} minutes`;
}

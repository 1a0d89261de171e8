import type { OutcomeState } from '../../../../shared/domain/index.ts';
import type { Hole, Series } from '../../market/index.ts';
import type { Settlement } from './settle.ts';

const DAY = 86_400_000;

/**
 * How it stands with a decision that has no outcome yet.
 * @param series all bars at hand of its instrument
 * @param now clock time, UTC ms
 */
export function outlookOf(
  decisionId: string,
  settlement: Settlement,
  series: Pick<Series, 'time' | 'interval'>,
  now: number,
): OutcomeState {
  if (settlement.state === 'settled') return { state: 'pending', decisionId, barsLeft: 0, expected: null };
  if (settlement.state === 'lost')
    return { state: 'lost', decisionId, ...(settlement.hole && { hole: datesOf(settlement.hole) }) };
  const { barsLeft } = settlement;
  return { state: 'pending', decisionId, barsLeft, expected: expectedDate(series, barsLeft, now) };
}

const datesOf = ({ from, to }: Hole) => ({ from: dateOf(from), to: dateOf(to) });
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The date of the bar that lies `bars` on, by the calendar alone; null below a day, and where it should have been there long since. */
function expectedDate({ time, interval }: Pick<Series, 'time' | 'interval'>, bars: number, now: number): string | null {
  const last = time.at(-1);
  if (last === undefined) return null;
  const date = barsOn(last, interval, bars, tradesDaily(time));
  return date === null || date < now - DAY ? null : dateOf(date);
}

function barsOn(last: number, interval: Series['interval'], bars: number, daily: boolean): number | null {
  const from = new Date(last);
  if (interval === '1mo') return Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + bars + 1, 0);
  if (interval === '1wk') return last + bars * 7 * DAY + 4 * DAY;
  if (interval !== '1d') return null;
  let date = last;
  for (let left = bars; left > 0; ) {
    date += DAY;
    if (daily || !isWeekend(date)) left--;
  }
  return date;
}

const isWeekend = (date: number): boolean => [0, 6].includes(new Date(date).getUTCDay());
/** Crypto has bars of week-ends. */
const tradesDaily = (time: Float64Array): boolean => time.subarray(-14).some(isWeekend);

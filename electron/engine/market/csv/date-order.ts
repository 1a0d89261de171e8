import type { DateOrder, Interval } from '../../../../shared/domain/index.ts';
import { DAY } from '../sessions.ts';
import { spacingOf } from './intervals.ts';
import { badCsv } from './problem.ts';
import type { RowColumns } from './row-columns.ts';

export interface OrderChoice {
  order: DateOrder;
  /** Wall-clock ms of each row in that order. */
  wall: Float64Array<ArrayBuffer>;
  assumed: boolean;
}

/**
 * Month first or day first, from all dates of the file: the reading in which every date exists; else the one in which time turns round
 * less often. What tells the two apart less surely is an assumption: the interval told, the more regular gaps, months on the same day
 * of theirs day first; else month first between slashes and day first between dots. @throws BAD_CSV where the dates fit neither
 */
export function chooseOrder(columns: RowColumns, told: DateOrder | undefined, interval?: Interval): OrderChoice {
  const monthFirst = columns.monthFirst.take();
  const dayFirst = columns.dayFirst?.take();
  if (!dayFirst) return { order: 'ymd', wall: monthFirst, assumed: false };
  const found = told === 'mdy' || told === 'dmy' ? told : orderOf(monthFirst, dayFirst, columns.lines);
  const order = found ?? likelyOrder(monthFirst, dayFirst, interval) ?? (columns.slashes ? 'mdy' : 'dmy');
  return { order, wall: order === 'dmy' ? dayFirst : monthFirst, assumed: found === null };
}

type Order = 'mdy' | 'dmy';

function orderOf(monthFirst: Float64Array, dayFirst: Float64Array, lines: RowColumns['lines']): Order | null {
  if (lines.noMonthFirst && lines.noDayFirst) {
    throw badCsv(
      `line ${lines.noMonthFirst} can only be read day first and line ${lines.noDayFirst} only month first; write the dates one way`,
    );
  }
  if (lines.noMonthFirst) return 'dmy';
  if (lines.noDayFirst) return 'mdy';
  return fewer(turns(monthFirst), turns(dayFirst));
}

function fewer(byMonth: number, byDay: number): Order | null {
  if (byMonth === byDay) return null;
  return byMonth < byDay ? 'mdy' : 'dmy';
}

/** Fewer dates than this say nothing by the day of their month. */
const LEAST_MONTHS = 6;

function likelyOrder(monthFirst: Float64Array, dayFirst: Float64Array, interval: Interval | undefined): Order | null {
  const [byMonth, byDay] = [spacingOf(monthFirst), spacingOf(dayFirst)];
  const wanted = interval && fewer(byMonth.interval === interval ? 0 : 1, byDay.interval === interval ? 0 : 1);
  if (wanted) return wanted;
  const regular = fewer(byMonth.irregular, byDay.irregular);
  if (regular || monthFirst.length < LEAST_MONTHS) return regular;
  return isMonthly(dayFirst) && !isMonthly(monthFirst) ? 'dmy' : null;
}

/** Every bar in a month of its own, on the same day of it. */
function isMonthly(wall: Float64Array): boolean {
  const day = new Date(wall[0]!).getUTCDate();
  return wall.every((time, row) => {
    const apart = row === 0 ? 30 * DAY : Math.abs(time - wall[row - 1]!);
    return new Date(time).getUTCDate() === day && apart > 27 * DAY;
  });
}

/** Steps against the direction that most steps of the column have. */
function turns(wall: Float64Array): number {
  let forward = 0;
  let backward = 0;
  for (let row = 1; row < wall.length; row++) {
    if (wall[row]! > wall[row - 1]!) forward++;
    else if (wall[row]! < wall[row - 1]!) backward++;
  }
  return Math.min(forward, backward);
}

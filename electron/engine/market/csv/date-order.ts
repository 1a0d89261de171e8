import type { DateOrder } from '../../../../shared/domain/index.ts';
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
 * less often; else month first between slashes and day first between dots, which is then an assumption. @throws BAD_CSV where the dates fit neither
 */
export function chooseOrder(columns: RowColumns, told: DateOrder | undefined): OrderChoice {
  const monthFirst = columns.monthFirst.take();
  const dayFirst = columns.dayFirst?.take();
  if (!dayFirst) return { order: 'ymd', wall: monthFirst, assumed: false };
  const found = told === 'mdy' || told === 'dmy' ? told : orderOf(monthFirst, dayFirst, columns.lines);
  const order = found ?? (columns.slashes ? 'mdy' : 'dmy');
  return { order, wall: order === 'dmy' ? dayFirst : monthFirst, assumed: found === null };
}

function orderOf(monthFirst: Float64Array, dayFirst: Float64Array, lines: RowColumns['lines']): 'mdy' | 'dmy' | null {
  if (lines.noMonthFirst && lines.noDayFirst) {
    throw badCsv(
      `line ${lines.noMonthFirst} can only be read day first and line ${lines.noDayFirst} only month first; write the dates one way`,
    );
  }
  if (lines.noMonthFirst) return 'dmy';
  if (lines.noDayFirst) return 'mdy';
  const [byMonth, byDay] = [turns(monthFirst), turns(dayFirst)];
  if (byMonth === byDay) return null;
  return byMonth < byDay ? 'mdy' : 'dmy';
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

import type { Notice } from '../../../../shared/domain/index.ts';
import { gathering } from '../gather.ts';
import { HOLE, holeNotices, holesIn } from '../holes.ts';
import type { InstrumentKind } from '../remote/types.ts';
import { barEnd, intradayMs } from '../sessions.ts';
import { breathe } from '../source.ts';
import { finish, isStep, type Steps } from '../steps.ts';
import { kindOfSymbol } from '../symbols/kinds.ts';
import type { BarMark, Series } from '../types.ts';
import { type Group, type Grouping, groupingOf } from './groups.ts';
import { checkCoarser, intradayLength, type Timeframe } from './timeframes.ts';
import { type Place, restsAtWeekends, sessionZone } from './trading-sessions.ts';

/** Rule of the notice on finer bars whose coarser bar is not complete: the only one that is of the as-of and of no bar. */
export const WAITING = 'waiting';

/** A series whose bars may be longer than any source's. */
export type Resampled<T extends Timeframe> = Omit<Series, 'interval'> & { interval: T };

/** Bars `first` to `last` (rows of the finer series, those between that belong) of one coarser bar. */
interface Stretch {
  group: Group;
  rows: number[];
  /** Whether its last row is the last that can belong to it. */
  ended: boolean;
}

interface Stretches {
  complete: Stretch[];
  /** Finer bars of the last group, which is not complete yet. */
  waiting: number;
  /** Outside the regular session. */
  outside: number;
  /** After their group had ended. */
  late: number;
  /** Of the first group, where the series begins inside it. */
  partial: number;
}

/**
 * Coarser bars of a series: first open, highest high, lowest low, last close, summed volume (units as they are). Intraday multiples are
 * counted from the session's open; days hold the regular session of the exchange, weeks begin on Monday. A bar is there only once no
 * further finer bar can belong to it as of `series.asOf`, so a series cut earlier gives the first of the same bars; the first bar only where the
 * series begins with it (a holiday there cannot be told from a bar that is missing). `kind` of the
 * instrument decides its sessions; left out: by the form of its symbol. Marks move to the bar they now lie in.
 * @throws INVALID_INPUT (bars of that length cannot be made of these)
 */
export function resample<T extends Timeframe>(series: Series, to: T, kind?: InstrumentKind): Resampled<T> {
  return finish(resampling(series, to, kind));
}

/**
 * `resample` with turns of the event loop in between, for series of any length. @throws as `resample`
 * @param until up to when (UTC ms) every bar that there is is in the series: a coarser bar that was over by then is complete though its last
 * session had no bar. Left out: the end of the last bar.
 */
export async function resampled<T extends Timeframe>(series: Series, to: T, until?: number): Promise<Resampled<T>> {
  return breathe(resampling(series, to, undefined, until));
}

function* resampling<T extends Timeframe>(
  series: Series,
  to: T,
  kind: InstrumentKind | undefined,
  until = series.asOf,
): Steps<Resampled<T>> {
  const { interval, timezone } = series;
  if (interval === (to as Timeframe)) return { ...series, interval: to };
  checkCoarser(interval, to);
  const place: Place = { timezone, kind: kind ?? kindOfSymbol(series.symbol) };
  const grouping = groupingOf(interval, to, place);
  const stretches = yield* stretchesOf(series, grouping, until);
  const { complete } = stretches;
  const last = complete.at(-1);
  const daysOfIntraday = intradayMs(interval) !== null && intradayLength(to) === null;
  const columns = yield* columnsOf(series, complete);
  return {
    ...series,
    ...columns,
    interval: to,
    timezone: daysOfIntraday ? sessionZone(place) : timezone,
    asOf: last ? endOf(last, series, until) : series.asOf,
    marks: marksOf(series.marks, grouping, last?.group.time ?? -Infinity),
    notices: [
      ...series.notices.filter(({ rule }) => rule !== HOLE),
      ...holeNotices(holesIn({ time: columns.time, interval: to })),
      ...noticesOf(series, to, stretches),
      ...shortNotice(last, to, place),
    ],
  };
}

function* stretchesOf({ time }: Series, grouping: Grouping, until: number): Steps<Stretches> {
  const found: Stretches = { complete: [], waiting: 0, outside: 0, late: 0, partial: 0 };
  let current: Stretch | null = null;
  for (let row = 0; row < time.length; row++) {
    if (isStep(row)) yield;
    const group = grouping(time[row]!);
    if (!group) found.outside++;
    else if (current && current.group.time === group.time) {
      if (current.ended || !group.follows(lastOf(current, time), time[row]!)) found.late++;
      else {
        current.rows.push(row);
        current.ended = group.endsWith(time[row]!);
      }
    } else {
      if (current) found.complete.push(current);
      current = { group, rows: [row], ended: group.endsWith(time[row]!) };
    }
  }
  if (!current) return found;
  if (current.ended || until >= current.group.doneAt(lastOf(current, time))) found.complete.push(current);
  else found.waiting = current.rows.length;
  return withoutPartial(found, time);
}

/** Less the first bar where the series begins inside it: it would not hold all that was traded. */
function withoutPartial(found: Stretches, time: Float64Array): Stretches {
  const first = found.complete[0];
  if (!first || first.group.beginsWith(time[first.rows[0]!]!)) return found;
  return { ...found, complete: found.complete.slice(1), partial: first.rows.length };
}

function* columnsOf({ open, high, low, close, volume }: Series, stretches: readonly Stretch[]) {
  const all = stretches.map((_, index) => index);
  const column = (value: (rows: number[]) => number) => gathering(all, (index) => value(stretches[index]!.rows));
  return {
    time: yield* gathering(all, (index) => stretches[index]!.group.time),
    open: open && (yield* column((rows) => open[rows[0]!]!)),
    high: high && (yield* column((rows) => rows.reduce((most, row) => Math.max(most, high[row]!), -Infinity))),
    low: low && (yield* column((rows) => rows.reduce((least, row) => Math.min(least, low[row]!), Infinity))),
    close: yield* column((rows) => close[rows.at(-1)!]!),
    volume: volume && (yield* column((rows) => rows.reduce((sum, row) => sum + volume[row]!, 0))),
  };
}

/** When the last coarser bar was complete: with its last finer bar, or once none could follow. The series cut there holds it too. */
function endOf(stretch: Stretch, { time, interval, timezone }: Series, until: number): number {
  const last = lastOf(stretch, time);
  const end = barEnd(last, interval, timezone);
  return Math.min(until, stretch.ended ? end : Math.max(stretch.group.doneAt(last), end));
}

/** Start of its last finer bar. */
const lastOf = ({ rows }: Stretch, time: Float64Array): number => time[rows.at(-1)!]!;

function marksOf(marks: readonly BarMark[], grouping: Grouping, latest: number): BarMark[] {
  return marks.flatMap((mark) => {
    const group = Number.isFinite(mark.time) ? grouping(mark.time) : null;
    return group && group.time <= latest ? [{ ...mark, time: group.time }] : [];
  });
}

function noticesOf({ interval }: Series, to: Timeframe, stretches: Stretches): Notice[] {
  const { complete, waiting, outside, late, partial } = stretches;
  const used = complete.reduce((sum, { rows }) => sum + rows.length, 0);
  const made = `${used} bars of ${interval} make ${complete.length} of ${to}`;
  const rest = waiting === 1 ? `bar of ${interval} waits` : `${waiting} bars of ${interval} wait`;
  const begun = `${partial} bars of ${interval} at the beginning are left out: their ${to} bar may have begun before them`;
  const hours = `${outside} bars outside the regular session are not part of its day`;
  const after = `${late} bars after the end of their ${to} bar are left out`;
  return [
    ...info('resampled', complete.length, made, true),
    ...info('partial-bar', partial, begun, partial > 0),
    ...info('outside-session', outside, hours, outside > 0),
    ...info('after-its-end', late, after, late > 0),
    ...info(
      WAITING,
      waiting,
      `the last ${rest} until ${waiting === 1 ? 'its' : 'their'} ${to} bar is complete`,
      waiting > 0,
    ),
  ];
}

/** That the last bar ends early, where it is known when its last session would have ended. */
function shortNotice(last: Stretch | undefined, to: Timeframe, place: Place): Notice[] {
  const known = place.kind === 'crypto' || restsAtWeekends(place);
  const sentence = `the last ${to} bar ends before its last session would: a holiday, half a day, or bars that are missing`;
  return info('short-bar', 1, sentence, known && last !== undefined && !last.ended);
}

function info(rule: string, bars: number, sentence: string, applies: boolean): Notice[] {
  return applies ? [{ rule, effect: 'info', bars, sentence }] : [];
}

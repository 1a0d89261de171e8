import type { Interval } from '../../../../shared/domain/index.ts';
import type { Dividend, Split } from '../remote/types.ts';
import { intradayMs } from '../sessions.ts';
import { zoneDate } from '../zones.ts';
import type { Chart } from './chart.ts';

const LARGEST_RATIO = 10_000;
const MOST_SPLITS = 100;

/** Splits and dividends of a chart with the times that bars of this interval have; what makes no sense is counted, not used. */
export interface Events {
  splits: Split[];
  /** In the source's unit. */
  dividends: Dividend[];
  unusable: number;
  /** Time of the first of them that has one; null where none has. */
  unusableFrom: number | null;
  /** Instants of all events, UTC ms: Yahoo adds empty rows there. */
  instants: Set<number>;
}

export function eventsOf(chart: Chart, interval: Interval, timezone: string): Events {
  const timeOf = (date: Date) => (intradayMs(interval) === null ? zoneDate(date.getTime(), timezone) : date.getTime());
  const given = dated(chart.events?.splits);
  const paid = dated(chart.events?.dividends);
  const all = Object.keys({ ...chart.events?.splits }).length + Object.keys({ ...chart.events?.dividends }).length;
  const ratios = given.map(({ date, numerator, denominator }) => ({
    time: timeOf(date),
    ratio: numerator / denominator,
  }));
  const amounts = paid.map(({ date, amount }) => ({ time: timeOf(date), amount }));
  const splits = ratios.filter(isSplit);
  const dividends = amounts.filter(isDividend);
  const odd = [...ratios.filter((one) => !isSplit(one)), ...amounts.filter((one) => !isDividend(one))];
  const distinct = splits.filter((split, index) => splits.findIndex(({ time }) => time === split.time) === index);
  return {
    splits: distinct.slice(0, MOST_SPLITS).sort((a, b) => a.time - b.time),
    dividends: dividends.sort((a, b) => a.time - b.time),
    unusable: all - splits.length - dividends.length,
    unusableFrom: odd.length > 0 ? Math.min(...odd.map(({ time }) => time)) : null,
    instants: new Set([...given, ...paid].map(({ date }) => date.getTime())),
  };
}

function isSplit({ ratio }: Split): boolean {
  return ratio >= 1 / LARGEST_RATIO && ratio <= LARGEST_RATIO && ratio !== 1;
}

function isDividend({ amount }: Dividend): boolean {
  return amount > 0 && Number.isFinite(amount);
}

/** Events on a date that a calendar can hold. */
function dated<T extends { date: Date }>(events: Record<string, T> | undefined): T[] {
  return Object.values(events ?? {}).filter(({ date }) => Math.abs(date.getTime()) < 8e15);
}

import type { Interval } from '../../../../shared/domain/index.ts';
import { DAY, intradayMs } from '../sessions.ts';
import { badCsv } from './problem.ts';

const HOUR = 3_600_000;
const INTRADAY = ['1m', '5m', '15m', '30m', '1h'] as const satisfies readonly Interval[];

/** How far bars are apart: the commonest gap between neighbouring rows, and whether the file runs backwards. */
export interface Spacing {
  /** The gap, ms; null where no two rows differ. */
  gap: number | null;
  interval: Interval | null;
  backwards: boolean;
  /** Gaps of another kind than the commonest. */
  irregular: number;
}

/** The spacing of bar starts, by the wall clock: nights, weekends and holes are rarer than the gap between bars. */
export function spacingOf(wall: Float64Array): Spacing {
  const counts = new Map<number, number>();
  let balance = 0;
  let steps = 0;
  for (let row = 1; row < wall.length; row++) {
    const step = wall[row]! - wall[row - 1]!;
    if (step === 0) continue;
    steps++;
    balance += step > 0 ? 1 : -1;
    const kind = kindOf(Math.abs(step));
    if (counts.size < 4096 || counts.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const [commonest] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  const gap = commonest?.[0] ?? null;
  const interval = gap === null ? null : intervalOf(gap);
  return { gap, interval, backwards: balance < 0, irregular: steps - (commonest?.[1] ?? 0) };
}

/** Gaps of one kind: a day over a weekend is a day, a month has 28 to 31 days. */
function kindOf(gap: number): number {
  if (gap < 20 * HOUR) return gap;
  const days = gap / DAY;
  if (days < 4.6) return DAY;
  if (days > 5 && days < 9.1) return 7 * DAY;
  return days > 25 && days < 36 ? 30 * DAY : Math.round(days) * DAY;
}

function intervalOf(gap: number): Interval | null {
  if (gap === DAY) return '1d';
  if (gap === 7 * DAY) return '1wk';
  if (gap === 30 * DAY) return '1mo';
  return INTRADAY.find((interval) => intradayMs(interval) === gap) ?? null;
}

/** The interval of a file: as told, else as its spacing says; a single bar without a time of day is a daily one. @throws BAD_CSV */
export function chooseInterval({ gap, interval }: Spacing, told: Interval | undefined, clockSeen: boolean): Interval {
  const found = told ?? interval;
  if (found) return found;
  if (gap !== null)
    throw badCsv(`its bars are ${gapWords(gap)} apart; bars may be 1m, 5m, 15m, 30m, 1h, 1d, 1wk or 1mo long`);
  if (clockSeen) throw badCsv('its bars do not tell how long they are; say the interval');
  return '1d';
}

/** A gap in words, as "5 minutes". */
export function gapWords(gap: number): string {
  const units: [number, string][] = [
    [DAY, 'day'],
    [HOUR, 'hour'],
    [60_000, 'minute'],
    [1000, 'second'],
  ];
  const [ms, name] = units.find(([unit]) => gap % unit === 0) ?? [1, 'millisecond'];
  return `${gap / ms} ${name}${gap === ms ? '' : 's'}`;
}

import type { Notice } from '../../../shared/domain/index.ts';
import type { BarMark, Series } from './types.ts';

/** The rules of DEFINITIONS 1 for bad bars, each with the reason its sentence gives. */
export const RULE_REASONS: Readonly<Record<string, string>> = {
  'price-missing': 'a price is missing',
  'price-not-finite': 'a price is not finite, above 1e15 or below 1e-12',
  'price-not-positive': 'zero or negative price',
  'high-low': 'high or low did not hold open and close, and was widened to them',
  'time-repeated': 'time repeated, the first was kept',
  'time-backwards': 'time runs backwards',
  'later-than-now': 'later than now',
  unfinished: 'the bar has not closed yet',
  'adj-close-missing': 'adjusted close missing, the factor of the bar before was kept',
};

/** One notice per rule, in the order in which the rules first struck, for example "2 bars dropped: zero or negative price". */
export function noticesOf(marks: readonly BarMark[]): Notice[] {
  const byRule = Map.groupBy(marks, (mark) => mark.rule);
  return [...byRule].map(([rule, struck]) => {
    const { effect } = struck[0]!;
    const count = `${struck.length} ${struck.length === 1 ? 'bar' : 'bars'}`;
    return { rule, effect, bars: struck.length, sentence: `${count} ${effect}: ${RULE_REASONS[rule] ?? rule}` };
  });
}

/**
 * What was done to the bars of one window: marks with `from` <= time <= `to` (UTC ms of bar starts). `bad` counts bars, not marks:
 * a bar repaired by two rules counts once, every dropped row counts. It is what the 5 % of DEFINITIONS 1 looks at.
 */
export function noticesBetween(
  series: Pick<Series, 'marks'>,
  from: number,
  to: number,
): { notices: Notice[]; bad: number } {
  const marks = series.marks.filter(({ time }) => time >= from && time <= to);
  const dropped = marks.filter(({ effect }) => effect === 'dropped').length;
  const repaired = new Set(marks.filter(({ effect }) => effect === 'repaired').map(({ time }) => time)).size;
  return { notices: noticesOf(marks), bad: dropped + repaired };
}

import type { Notice } from '../../../shared/domain/index.ts';
import { holeNotices, holesBetween, missingIn } from './holes.ts';
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

/** A notice with what it speaks of, so that an earlier as-of hears nothing of later days. */
export interface DatedNotice extends Notice {
  /** Starts of the bars or events (UTC ms) it speaks of, each once; null where it holds for every bar of the source. */
  at: readonly number[] | null;
}

/** What is said of "2 bars dropped": the count, the effect, the reason. */
export function countedSentence(bars: number, effect: Notice['effect'], reason: string): string {
  return `${bars} ${bars === 1 ? 'bar' : 'bars'} ${effect}: ${reason}`;
}

/**
 * What may be known of dated notices when the newest bar or event that may be is of `latest` (UTC ms). Rows left out are counted up to
 * there; all other counts are of one answer, which may reach further, and are 0.
 */
export function noticesUpTo(notices: readonly DatedNotice[], latest: number): Notice[] {
  return notices.flatMap(({ at, ...notice }) => {
    const bars = at?.filter((time) => time <= latest).length ?? 0;
    if (at && bars === 0) return [];
    if (!at || notice.effect !== 'dropped') return [{ ...notice, bars: 0 }];
    const reason = notice.sentence.slice(notice.sentence.indexOf(': ') + 2);
    return [{ ...notice, bars, sentence: countedSentence(bars, 'dropped', reason) }];
  });
}

/** One notice per rule, in the order in which the rules first struck, for example "2 bars dropped: zero or negative price". */
export function noticesOf(marks: readonly BarMark[]): Notice[] {
  const byRule = Map.groupBy(marks, (mark) => mark.rule);
  return [...byRule].map(([rule, struck]) => {
    const { effect } = struck[0]!;
    const sentence = countedSentence(struck.length, effect, RULE_REASONS[rule] ?? rule);
    return { rule, effect, bars: struck.length, sentence };
  });
}

/** Rules that strike good bars too: those of a time that has not come yet. */
export const UNFINISHED = 'unfinished';
export const LATER = 'later-than-now';
export const NOT_YET: ReadonlySet<string> = new Set([UNFINISHED, LATER]);

/**
 * What was done to the bars of one window: marks with `from` <= time <= `to` (UTC ms of bar starts; Infinity as `to` takes in what
 * lies after the last good bar). `bad` is what the 5 % of DEFINITIONS 1 looks at. It counts bars, not marks: a bar repaired by two
 * rules counts once, every dropped row counts, and every bar missing in a hole, but for bars not closed yet and dates after now, which are told and not counted. A mark
 * without a readable time (NaN) belongs to no window: its row may lie after the as-of, which must change nothing before it.
 */
export function noticesBetween(
  series: Pick<Series, 'marks' | 'time' | 'interval'>,
  from: number,
  to: number,
): { notices: Notice[]; bad: number } {
  const marks = series.marks.filter(({ time }) => time >= from && time <= to);
  const dropped = marks.filter(({ effect, rule }) => effect === 'dropped' && !NOT_YET.has(rule)).length;
  const repaired = new Set(marks.filter(({ effect }) => effect === 'repaired').map(({ time }) => time)).size;
  const holes = holesBetween(series, from, to);
  return { notices: [...noticesOf(marks), ...holeNotices(holes)], bad: dropped + repaired + missingIn(holes) };
}

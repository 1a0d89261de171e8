import { DAY } from '../sessions.ts';
import { type Place, restsAtWeekends, sessionIndex, sessionOf } from './trading-sessions.ts';

/**
 * Sessions in a row that a market may rest: six weekdays (Tokyo's Golden Week of 2019, the Chinese New Year), or the ten days around them
 * where weekends are not known. Crypto never rests.
 */
const LONGEST_REST = { weekdays: 6, days: 10 };

/** How far bars are behind, in sessions. */
export interface Staleness {
  /** Sessions that may have bars which are not here. */
  behind: number;
  /** Sessions of which the source, asked after they had ended, had no bar: holidays as far as can be told. */
  empty: number;
}

/**
 * How stale bars are at `now` when the source last answered at `answeredAt` (both UTC ms): sessions that had ended by that answer and have
 * no bar are holidays, unless they are more in a row than any market rests; then the source has stopped and all of them count.
 */
export function stalenessOf(lastBarEnd: number, now: number, answeredAt: number, place: Place): Staleness {
  const all = sessionsBehind(lastBarEnd, now, place);
  const empty = sessionsBehind(lastBarEnd, Math.min(now, answeredAt), place);
  return empty > longestRest(place) ? { behind: all, empty: 0 } : { behind: all - empty, empty };
}

function longestRest(place: Place): number {
  if (place.kind === 'crypto') return 0;
  return restsAtWeekends(place) ? LONGEST_REST.weekdays : LONGEST_REST.days;
}

/**
 * Whole sessions that opened at or after `lastBarEnd` and have closed by `now` (UTC ms). Weekends do not count where trading rests then;
 * holidays are not known and do count.
 */
export function sessionsBehind(lastBarEnd: number, now: number, place: Place): number {
  if (!(now > lastBarEnd)) return 0;
  const { date: from, open } = sessionOf(lastBarEnd, place);
  const { date: to, close } = sessionOf(now, place);
  const firstMissed = open >= lastBarEnd ? from : from + DAY;
  const afterLast = close <= now ? to + DAY : to;
  return Math.max(0, sessionIndex(afterLast, place) - sessionIndex(firstMissed, place));
}

/** What `behind` means, for the user; null where nothing is missing. */
export function staleSentence(behind: number): string | null {
  if (behind === 0) return null;
  return `The last bar is ${inWords(behind)} behind (those that ended after the source last answered, or more than any market rests).`;
}

/** What `empty` means, for the user; null where there is none. */
export function emptySentence(empty: number): string | null {
  if (empty === 0) return null;
  return `The source was asked after ${inWords(empty)} had ended since the last bar and had no bar of ${empty === 1 ? 'it' : 'them'}: taken for holidays.`;
}

function inWords(sessions: number): string {
  return sessions === 1 ? 'one session' : `${sessions} sessions`;
}

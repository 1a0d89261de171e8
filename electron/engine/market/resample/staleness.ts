import { DAY } from '../sessions.ts';
import { type Place, sessionIndex, sessionOf } from './trading-sessions.ts';

/**
 * Whole sessions that opened at or after `lastBarEnd` and have closed by `now` (UTC ms): how stale bars are. Weekends do not count where
 * trading rests then; holidays are not known and do count.
 */
export function sessionsBehind(lastBarEnd: number, now: number, place: Place): number {
  if (!(now > lastBarEnd)) return 0;
  const { date: from, open } = sessionOf(lastBarEnd, place);
  const { date: to, close } = sessionOf(now, place);
  const firstMissed = open >= lastBarEnd ? from : from + DAY;
  const afterLast = close <= now ? to + DAY : to;
  return Math.max(0, sessionIndex(afterLast, place) - sessionIndex(firstMissed, place));
}

/** What `sessionsBehind` means, for the user; null where nothing is missing. */
export function staleSentence(sessions: number): string | null {
  if (sessions === 0) return null;
  const count = sessions === 1 ? 'one session' : `${sessions} sessions`;
  return `The last bar is ${count} behind (holidays are not known here and count as sessions).`;
}

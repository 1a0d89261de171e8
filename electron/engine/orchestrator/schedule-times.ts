import { Cron } from 'croner';
import type { Interval, ScheduleSettings } from '../../../shared/domain/index.ts';
import { type Place, sessionOf, sessionOn, sessionZone } from '../market/index.ts';

const DAY = 86_400_000;
/** A source has a closed bar some seconds after its end. */
const AFTER_CLOSE = '10';
/** Within this long after the close the last bar of a session is still new, ms. */
const GRACE = 60_000;
/** Ticks looked through for one with an open market: the longest rest there is, and more. */
const MOST_TRIES = 40;

const BAR_CLOSE: Record<Interval, string> = {
  '1m': `${AFTER_CLOSE} * * * * *`,
  '5m': `${AFTER_CLOSE} */5 * * * *`,
  '15m': `${AFTER_CLOSE} */15 * * * *`,
  '30m': `${AFTER_CLOSE} */30 * * * *`,
  /** Hours of an exchange begin when it opens, often at half past. */
  '1h': `${AFTER_CLOSE} */30 * * * *`,
  '1d': `${AFTER_CLOSE} 0 0 * * *`,
  '1wk': `${AFTER_CLOSE} 0 0 * * *`,
  '1mo': `${AFTER_CLOSE} 0 0 * * *`,
};

/** Bars that end with the day of their exchange, not while it trades. */
export const endsWithDay = (interval: Interval): boolean => !/^\d+[mh]$/.test(interval);

/** Whether a schedule passes over symbols whose market is closed. */
export const minds = ({ onlyOpen, every, interval }: ScheduleSettings): boolean =>
  onlyOpen && !(every === 'bar-close' && endsWithDay(interval));

/**
 * The first run after `after` (UTC ms) for instruments of these places; null where no market opens for long. Daily and longer bars close at
 * midnight of their exchange (DEFINITIONS 1), shorter ones every few minutes.
 */
export function nextRun(settings: ScheduleSettings, places: readonly Place[], after: number): number | null {
  let from = after;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const next = nextOfPattern(settings, places, from);
    if (next === null || !minds(settings) || places.length === 0) return next;
    if (places.some((place) => isTrading(settings, place, next))) return next;
    from = Math.max(next, Math.min(...places.map((place) => nextOpen(place, next))) - 1);
  }
  return null;
}

function nextOfPattern({ every, interval }: ScheduleSettings, places: readonly Place[], from: number): number | null {
  const pattern = every === 'bar-close' ? BAR_CLOSE[interval] : minutesPattern(every);
  const zones = every === 'bar-close' && endsWithDay(interval) ? new Set(places.map(sessionZone)) : new Set<string>();
  const times = [...(zones.size === 0 ? ['UTC'] : zones)].map((timezone) => {
    return new Cron(pattern, { timezone, paused: true }).nextRun(new Date(from))?.getTime() ?? Infinity;
  });
  const first = Math.min(...times);
  return Number.isFinite(first) ? first : null;
}

const minutesPattern = (minutes: number): string =>
  minutes < 60 ? `0 */${minutes} * * * *` : `0 0 */${minutes / 60} * * *`;

/** Whether a market trades at `instant` (UTC ms) or did a minute ago; at the close of bars only the latter counts. Holidays are not known. */
export function isTrading({ every }: ScheduleSettings, place: Place, instant: number): boolean {
  const moments = every === 'bar-close' ? [instant - GRACE] : [instant, instant - GRACE];
  return moments.some((moment) => sessionOf(moment, place).phase === 'regular');
}

/** `instant` where the market trades then, else its next opening, UTC ms. */
function nextOpen(place: Place, instant: number): number {
  const { date, phase } = sessionOf(instant, place);
  if (phase === 'regular') return instant;
  for (let day = date; day < date + 14 * DAY; day += DAY) {
    const { open } = sessionOn(day, place);
    if (open > instant && sessionOf(open, place).phase === 'regular') return open;
  }
  return instant + 14 * DAY;
}

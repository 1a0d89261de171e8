import { sessionOf } from '../resample/index.ts';
import { DAY } from '../sessions.ts';
import { zoneOffset } from '../zones.ts';

const HOUR = 3_600_000;
/** When shares are traded where the exchange's own hours are not known, by its clock. */
const [OPEN, CLOSE] = [9 * HOUR, 17.5 * HOUR];
/** Zones whose hours `sessionOf` knows. */
const KNOWN: ReadonlySet<string> = new Set(['America/New_York', 'Europe/London', 'Asia/Tokyo', 'Australia/Sydney']);
/** Share of the bars within a zone's hours from which on they are that zone's. */
const MOST = 0.9;
/** Fewer bars tell nothing of hours. */
const LEAST_BARS = 20;

/**
 * The zone of `zones` in whose trading hours intraday bars of several days lie (`instants`, UTC ms), the first where several fit as
 * well; UTC is none. Null where none fits: bars round the clock, of longer hours, or too few.
 */
export function zoneOfHours(instants: readonly number[], zones: readonly string[]): string | null {
  if (instants.length < LEAST_BARS) return null;
  const tried = zones.filter((zone) => zone !== 'UTC').map((zone) => ({ zone, ...hoursIn(zone, instants) }));
  const best = tried.reduce((most, one) => (one.share > most.share ? one : most));
  return best.share >= MOST && best.days > 1 ? best.zone : null;
}

/** Share of bars in the zone's trading hours, and how many dates it gives. */
function hoursIn(timezone: string, instants: readonly number[]): { share: number; days: number } {
  const locals = instants.map((instant) => instant + zoneOffset(instant, timezone));
  const within = instants.filter((instant, row) => isWithin(instant, locals[row]!, timezone));
  const days = new Set(locals.map((local) => Math.floor(local / DAY)));
  return { share: within.length / instants.length, days: days.size };
}

function isWithin(instant: number, local: number, timezone: string): boolean {
  if (KNOWN.has(timezone)) return sessionOf(instant, { timezone, kind: 'equity' }).phase === 'regular';
  const day = Math.floor(local / DAY);
  const clock = local - day * DAY;
  return clock >= OPEN && clock < CLOSE && new Date(day * DAY).getUTCDay() % 6 !== 0;
}

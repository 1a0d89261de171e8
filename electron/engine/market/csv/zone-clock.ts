import { DAY } from '../sessions.ts';
import { zoneOffset } from '../zones.ts';

/** A zone's calendar, quick over many rows: the zone is asked once a day. */
export interface ZoneClock {
  /** Instants (UTC ms, earliest first) at which the zone's clocks show `wall`: none where they skip it, two where they show it twice. */
  instants(wall: number): readonly number[];
  /** The date on the zone's calendar at an instant, as 00:00 UTC of that date in ms. */
  dateOf(instant: number): number;
}

/** Offsets (ms ahead of UTC) around a day; `change` is the instant from which `after` holds, Infinity where nothing changes. */
interface Around {
  before: number;
  after: number;
  change: number;
}

export function createZoneClock(timezone: string): ZoneClock {
  const known = new Map<number, Around>();
  let lastDay = Number.NaN;
  let last: Around = { before: 0, after: 0, change: Infinity };
  const aroundOf = (moment: number): Around => {
    const day = Math.floor(moment / DAY);
    if (day === lastDay) return last;
    lastDay = day;
    last = known.get(day) ?? offsetsAround(day, timezone);
    known.set(day, last);
    return last;
  };
  return {
    instants(wall) {
      const { before, after, change } = aroundOf(wall);
      if (change === Infinity) return [wall - before];
      return [wall - before, wall - after]
        .filter((instant, index) => (index === 0 ? instant < change : instant >= change))
        .sort((a, b) => a - b);
    },
    dateOf(instant) {
      const { before, after, change } = aroundOf(instant);
      return Math.floor((instant + (instant < change ? before : after)) / DAY) * DAY;
    },
  };
}

/** A zone changes its clocks at most once from the day before to the day after; the change is found by halving. */
function offsetsAround(day: number, timezone: string): Around {
  let [low, high] = [(day - 1) * DAY, (day + 2) * DAY];
  const before = zoneOffset(low, timezone);
  const after = zoneOffset(high, timezone);
  if (before === after) return { before, after, change: Infinity };
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffset(middle, timezone) === before) low = middle;
    else high = middle;
  }
  return { before, after, change: high };
}

import { DAY } from '../sessions.ts';
import { zoneDate, zoneOffset } from '../zones.ts';

/** A zone's calendar, quick over many rows: offsets are asked once a day, and exactly on days on which clocks change. */
export interface ZoneClock {
  /** Instants (UTC ms, earliest first) at which the zone's clocks show `wall`: none where they skip it, two where they show it twice. */
  instants(wall: number): readonly number[];
  /** The date on the zone's calendar at an instant, as 00:00 UTC of that date in ms. */
  dateOf(instant: number): number;
}

export function createZoneClock(timezone: string): ZoneClock {
  const steady = new Map<number, number>();
  let lastDay = Number.NaN;
  let lastOffset = Number.NaN;
  const only = [0];

  /** The offset that holds from the day before `day` to the day after, NaN where clocks change in between. */
  const offsetAround = (day: number): number => {
    if (day === lastDay) return lastOffset;
    let offset = steady.get(day);
    if (offset === undefined) {
      const [before, after] = [zoneOffset((day - 1) * DAY, timezone), zoneOffset((day + 2) * DAY, timezone)];
      offset = before === after ? before : Number.NaN;
      steady.set(day, offset);
    }
    lastDay = day;
    lastOffset = offset;
    return offset;
  };

  return {
    instants(wall) {
      const offset = offsetAround(Math.floor(wall / DAY));
      if (Number.isNaN(offset)) return exactInstants(wall, timezone);
      only[0] = wall - offset;
      return only;
    },
    dateOf(instant) {
      const offset = offsetAround(Math.floor(instant / DAY));
      return Number.isNaN(offset) ? zoneDate(instant, timezone) : Math.floor((instant + offset) / DAY) * DAY;
    },
  };
}

function exactInstants(wall: number, timezone: string): number[] {
  const offsets = new Set([zoneOffset(wall - DAY, timezone), zoneOffset(wall + DAY, timezone)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => instant + zoneOffset(instant, timezone) === wall)
    .sort((a, b) => a - b);
}

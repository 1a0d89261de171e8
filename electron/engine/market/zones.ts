const DAY = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timezone: string): Intl.DateTimeFormat {
  let found = formatters.get(timezone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timezone, found);
  }
  return found;
}

/** Earlier instants take the offset of this one: years of one or two digits mislead `Date.UTC`. */
const EARLIEST = Date.UTC(1000, 0, 1);

const MINUTE = 60_000;
/** Since then every zone is whole minutes ahead of UTC or behind it, and changes its clocks at whole minutes. */
const WHOLE_MINUTES = Date.UTC(1973, 0, 1);
/** Offsets asked for lately, by zone and minute: a calendar takes some 20 microseconds, and a run asks for the same few days. */
const lately = new Map<string, number>();
const MOST_LATELY = 4096;

/** How far a zone is ahead of UTC at an instant, in ms (New York in winter: -5 h). `timezone` is an IANA name. */
export function zoneOffset(instant: number, timezone: string): number {
  if (!(instant >= WHOLE_MINUTES)) return calendarOffset(instant, timezone);
  const minute = Math.floor(instant / MINUTE);
  const key = `${minute} ${timezone}`;
  const known = lately.get(key);
  if (known !== undefined) return known;
  const offset = calendarOffset(minute * MINUTE, timezone);
  if (lately.size === MOST_LATELY) lately.clear();
  lately.set(key, offset);
  return offset;
}

function calendarOffset(instant: number, timezone: string): number {
  const at = Math.max(instant, EARLIEST);
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter(timezone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** The date on the zone's calendar at an instant, as 00:00 UTC of that date in ms. */
export function zoneDate(instant: number, timezone: string): number {
  return Math.floor((instant + zoneOffset(instant, timezone)) / DAY) * DAY;
}

/** First instant (UTC ms) of a calendar date in the zone; where clocks skip midnight, the moment they skip to. `date` is 00:00 UTC of it. */
export function startOfDay(date: number, timezone: string): number {
  const candidates = [date - DAY, date + DAY].map((near) => date - zoneOffset(near, timezone)).sort((a, b) => a - b);
  return candidates.find((instant) => zoneDate(instant, timezone) >= date) ?? candidates[1]!;
}

/** The instant (UTC ms) at which the zone's clocks show `minutes` after midnight of a date; `date` is 00:00 UTC of it. Of a time that comes twice the first, of one that is skipped the moment as if it were not. */
export function wallTime(date: number, minutes: number, timezone: string): number {
  const wall = date + minutes * 60_000;
  const candidates = [wall - DAY, wall + DAY].map((near) => wall - zoneOffset(near, timezone)).sort((a, b) => a - b);
  return candidates.find((instant) => instant + zoneOffset(instant, timezone) === wall) ?? candidates[1]!;
}

import type { Interval } from '../../../../shared/domain/index.ts';
import { DAY, intradayMs } from '../sessions.ts';
import { zoneOffset } from '../zones.ts';
import { zoneOfHours } from './intraday-zone.ts';
import { badCsv } from './problem.ts';

/** Zones of exchanges, the assumed one first. */
const EXCHANGES = [
  ...['America/New_York', 'UTC', 'Europe/London', 'Europe/Berlin', 'Asia/Tokyo', 'Australia/Sydney', 'Asia/Hong_Kong'],
  ...['Asia/Kolkata', 'America/Chicago', 'America/Sao_Paulo', 'Europe/Athens', 'Europe/Istanbul', 'Europe/Moscow'],
  ...['Africa/Johannesburg', 'Asia/Jerusalem', 'Asia/Riyadh', 'Asia/Dubai', 'Asia/Karachi', 'Asia/Dhaka'],
  ...['Asia/Bangkok', 'Pacific/Auckland', 'America/Bogota', 'America/Santiago', 'America/Los_Angeles'],
];
const MINUTE = 60_000;
const SAMPLE_BLOCKS = 20;
const BLOCK_ROWS = 20;

export interface ZoneInput {
  wall: Float64Array;
  /** Minutes ahead of UTC, NaN where a row does not say; null where none says. */
  offsets: Float64Array | null;
  /** Times without an offset are UTC. */
  utc: boolean;
  interval: Interval;
}

export interface ZoneChoice {
  timezone: string;
  /** What it was taken from where that is worth saying. */
  why: string | null;
}

/** One row as far as it is an instant. */
interface Stamp {
  wall: number;
  /** Minutes ahead of UTC. */
  offset: number;
}

/**
 * The exchange's zone of a file whose times are instants and whose user told none. Times with their own offset are dated as written,
 * unless that puts bars on Sundays only; daily times in UTC are dated where bars fall on Monday to Friday and the time of day is the
 * same all year, shorter bars where they lie in trading hours. @throws BAD_CSV where zones that fit equally well give other dates
 */
export function chooseZone(input: ZoneInput): ZoneChoice {
  const stamps = sampleOf(input);
  const own = stamps.some(({ offset }) => offset !== 0);
  const matched = own ? zoneOfOffsets(stamps) : null;
  if (intradayMs(input.interval) !== null && !own)
    return said(zoneOfHours(stamps.map(instantOf), EXCHANGES), 'bars lie in the trading hours of');
  if (intradayMs(input.interval) !== null) return said(matched, 'the offsets of its times are those of');
  if (stamps.every(({ wall }) => wall % DAY === 0)) return said(matched, 'the offsets of its times are those of');
  const tried = EXCHANGES.map((timezone) => trial(timezone, stamps, input.interval));
  const slack = Math.floor(stamps.length / 50);
  const least = Math.min(...tried.map(({ bad }) => bad)) + slack;
  const written = asWritten(stamps);
  if (own && badness(written, input.interval) <= least) return writtenZone(stamps, written, matched);
  return byCalendar(
    tried.filter(({ bad }) => bad <= least),
    stamps,
  );
}

function said(zone: string | null, why: string): ZoneChoice {
  const [assumed] = EXCHANGES;
  return zone === null || zone === assumed
    ? { timezone: assumed!, why: null }
    : { timezone: zone, why: `${why} ${zone}` };
}

/** Rows in blocks of neighbours all over the file. */
function sampleOf({ wall, offsets, utc }: ZoneInput): Stamp[] {
  const blocks = wall.length <= SAMPLE_BLOCKS * BLOCK_ROWS ? 1 : SAMPLE_BLOCKS;
  const size = blocks === 1 ? wall.length : BLOCK_ROWS;
  const stamps: Stamp[] = [];
  for (let block = 0; block < blocks; block++) {
    const start = blocks === 1 ? 0 : Math.floor((block * (wall.length - size)) / (blocks - 1));
    for (let row = start; row < start + size; row++) {
      const own = offsets ? offsets[row]! : Number.NaN;
      const offset = Number.isNaN(own) && utc ? 0 : own;
      if (!Number.isNaN(offset) && !Number.isNaN(wall[row])) stamps.push({ wall: wall[row]!, offset });
    }
  }
  return stamps;
}

const instantOf = ({ wall, offset }: Stamp) => wall - offset * MINUTE;
const asWritten = (stamps: readonly Stamp[]) => stamps.map(({ wall }) => Math.floor(wall / DAY) * DAY);

/** The first zone whose clocks are ahead of UTC as the rows say. */
function zoneOfOffsets(stamps: readonly Stamp[]): string | null {
  const fits = (zone: string) =>
    stamps.every((stamp) => Math.abs(zoneOffset(instantOf(stamp), zone) - stamp.offset * MINUTE) < MINUTE);
  return EXCHANGES.find(fits) ?? Intl.supportedValuesOf('timeZone').find(fits) ?? null;
}

interface Trial {
  timezone: string;
  dates: number[];
  /** Dates that speak against the zone. */
  bad: number;
  /** Rows at the commonest time of day. */
  steady: number;
}

/** The dates that a zone gives as `barStarts` does: a midnight is the date written. */
function trial(timezone: string, stamps: readonly Stamp[], interval: Interval): Trial {
  const clocks = new Map<number, number>();
  const dates = stamps.map((stamp) => {
    const local = instantOf(stamp) + zoneOffset(instantOf(stamp), timezone);
    const clock = local - Math.floor(local / DAY) * DAY;
    clocks.set(clock, (clocks.get(clock) ?? 0) + 1);
    return stamp.wall % DAY === 0 ? stamp.wall : local - clock;
  });
  return { timezone, dates, bad: badness(dates, interval), steady: Math.max(...clocks.values()) };
}

/** How many dates no exchange would give: Saturdays and Sundays, weeks that do not begin on a Monday, months that do not on the first. */
function badness(dates: readonly number[], interval: Interval): number {
  const days = dates.map((date) => new Date(date));
  const weekend = (day: Date) => day.getUTCDay() === 0 || day.getUTCDay() === 6;
  const count = (is: (day: Date) => boolean) => days.filter(is).length;
  if (interval === '1mo')
    return count((day) => day.getUTCDate() !== 1) + 2 * count((day) => day.getUTCDate() !== 1 && weekend(day));
  if (interval === '1wk') return count((day) => day.getUTCDay() !== 1) + count(weekend);
  return count(weekend) + dates.filter((date, index) => index > 0 && date === dates[index - 1]).length;
}

/** A zone in which every row has the date that is written. */
function writtenZone(stamps: readonly Stamp[], written: readonly number[], matched: string | null): ZoneChoice {
  if (matched) return said(matched, 'the offsets of its times are those of');
  const zone = EXCHANGES.find((timezone) => sameDates(trial(timezone, stamps, '1d').dates, written));
  if (zone) return said(zone, 'its dates are as written, on the calendar of');
  throw badCsv('its times have offsets from UTC that no time zone has; say the time zone of the exchange');
}

function byCalendar(tried: readonly Trial[], stamps: readonly Stamp[]): ZoneChoice {
  const steadiest = Math.max(...tried.map(({ steady }) => steady)) - Math.floor(stamps.length / 50);
  const steady = tried.filter(({ steady }) => steady >= steadiest);
  const [first] = steady;
  const everyDay = [0, 6].every((day) => first!.dates.some((date) => new Date(date).getUTCDay() === day));
  if (everyDay && steady.some(({ timezone }) => timezone === 'UTC')) {
    return said('UTC', 'bars of every day of the week are dated by');
  }
  const other = steady.find(({ dates }) => !sameDates(dates, first!.dates));
  if (!other) {
    const zone = first!.timezone === EXCHANGES[0] ? first!.timezone : likeliest(steady, stamps);
    return said(zone, 'daily times are dated on the calendar on which bars fall on Monday to Friday, that of');
  }
  const row = other.dates.findIndex((date, index) => date !== first!.dates[index]);
  const words = [first!, other].map(({ dates, timezone }) => `${dayWords(dates[row]!)} in ${timezone}`).join(' or ');
  throw badCsv(`its daily times may mean other dates, ${words}; say the time zone of the exchange`);
}

/** Where bars begin at midnight, else in the morning. */
function likeliest(tried: readonly Trial[], stamps: readonly Stamp[]): string {
  const hours = tried.map(({ timezone }) => {
    const instant = instantOf(stamps[0]!);
    const local = instant + zoneOffset(instant, timezone);
    return { timezone, hour: (local - Math.floor(local / DAY) * DAY) / 3_600_000 };
  });
  const opening = hours.find(({ hour }) => hour === 0) ?? hours.find(({ hour }) => hour >= 8 && hour <= 10);
  return (opening ?? hours[0]!).timezone;
}

function sameDates(a: readonly number[], b: readonly number[]): boolean {
  return a.every((date, index) => date === b[index]);
}

function dayWords(date: number): string {
  return new Date(date).toISOString().slice(0, 10);
}

import type { Interval } from '../../../../shared/domain/index.ts';
import { DAY, intradayMs } from '../sessions.ts';
import { createZoneClock, type ZoneClock } from './zone-clock.ts';

const STEP = 2_000;

export interface StartsInput {
  wall: Float64Array<ArrayBuffer>;
  /** Minutes ahead of UTC, NaN where a row does not say; null where none says. */
  offsets: Float64Array | null;
  /** Times without an offset are UTC. */
  utc: boolean;
  interval: Interval;
  timezone: string;
  /** The file runs from the newest bar to the oldest. */
  backwards: boolean;
}

/**
 * Bar starts in UTC ms, in place of `wall`; NaN where the zone's clocks skip that time of day. A time that the clocks show twice is the
 * earlier one, unless the bar before is not earlier than that: then it is the later one. Yields every 2,000 rows.
 */
export function* barStarts(input: StartsInput): Generator<void, Float64Array<ArrayBuffer>> {
  const { wall, backwards } = input;
  const clock = createZoneClock(input.timezone);
  const dated = intradayMs(input.interval) === null;
  let before = -Infinity;
  for (let index = 0; index < wall.length; index++) {
    const row = backwards ? wall.length - 1 - index : index;
    wall[row] = dated ? dateOf(input, row, clock) : instantOf(input, row, clock, before);
    if (!Number.isNaN(wall[row])) before = wall[row]!;
    if (index % STEP === STEP - 1) yield;
  }
  return wall;
}

function offsetOf({ offsets, utc }: StartsInput, row: number): number {
  const offset = offsets ? offsets[row]! : Number.NaN;
  return Number.isNaN(offset) && utc ? 0 : offset;
}

/** The date as written; an instant with a time of day is read on the exchange's calendar. */
function dateOf(input: StartsInput, row: number, clock: ZoneClock): number {
  const wall = input.wall[row]!;
  const offset = offsetOf(input, row);
  const date = Math.floor(wall / DAY) * DAY;
  return Number.isNaN(offset) || date === wall ? date : clock.dateOf(wall - offset * 60_000);
}

function instantOf(input: StartsInput, row: number, clock: ZoneClock, before: number): number {
  const wall = input.wall[row]!;
  const offset = offsetOf(input, row);
  if (!Number.isNaN(offset)) return wall - offset * 60_000;
  const instants = clock.instants(wall);
  return (instants.length > 1 && instants[0]! <= before ? instants[1] : instants[0]) ?? Number.NaN;
}

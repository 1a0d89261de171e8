import { z } from 'zod';
import { IsoTime, RunId } from './ids.ts';
import { Interval, WatchlistName } from './series.ts';

/** Minutes between runs that a clock shows alike every day. */
export const SCHEDULE_MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240] as const;

/** When a saved schedule runs: every so many minutes, or when a bar has closed. */
export const ScheduleTimes = z.union([z.literal('bar-close'), z.literal(SCHEDULE_MINUTES)]);

export const ScheduleSettings = z.object({
  on: z.boolean(),
  watchlist: WatchlistName,
  interval: Interval,
  every: ScheduleTimes,
  /** Symbols whose market is closed are passed over; without effect at the close of daily and longer bars. */
  onlyOpen: z.boolean(),
});
export type ScheduleSettings = z.infer<typeof ScheduleSettings>;

export const SCHEDULE_DEFAULTS: ScheduleSettings = {
  on: false,
  watchlist: 'samples',
  interval: '1d',
  every: 'bar-close',
  onlyOpen: true,
};

export const ScheduleState = ScheduleSettings.extend({
  /** UTC; null where it is off, or not run by this process. */
  nextRun: IsoTime.nullable(),
  /** Null before the first. */
  lastRun: z
    .object({
      at: IsoTime,
      /** Null where nothing was analyzed. */
      runId: RunId.nullable(),
      /** What it came to: "2 decided, 18 without a new bar". */
      sentence: z.string(),
    })
    .nullable(),
});
export type ScheduleState = z.infer<typeof ScheduleState>;

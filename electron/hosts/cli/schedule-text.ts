import type { ScheduleState } from '../../../shared/domain/index.ts';

const utc = (time: string) => `${time.slice(0, 16).replace('T', ' ')} UTC`;

/** What is run and when, in one sentence. */
export function scheduleText({ on, watchlist, interval, every, onlyOpen }: ScheduleState): string {
  if (!on) return 'The schedule is off.';
  const when = every === 'bar-close' ? 'when a bar has closed' : `every ${every === 1 ? 'minute' : `${every} minutes`}`;
  return `Watchlist ${watchlist}, bars of ${interval}, ${when}${onlyOpen ? ', only while a market is open' : ''}.`;
}

/** When it runs next, or what has to run for it. */
export const nextRunText = ({ nextRun }: Pick<ScheduleState, 'nextRun'>): string =>
  nextRun === null
    ? 'It is kept by the app, by brainnet server and by brainnet schedule run, while one of them is open.'
    : `Next run ${utc(nextRun)}.`;

export const lastRunText = ({ at, sentence }: NonNullable<ScheduleState['lastRun']>): string =>
  `Run of ${utc(at)}: ${sentence}`;

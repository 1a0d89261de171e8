import { type Command, InvalidArgumentError, Option } from 'commander';
import { ScheduleTimes } from '../../../../shared/domain/schedule.ts';
import { wholeNumber } from '../parse.ts';
import { type Action, interval } from './options.ts';

/** `schedule ...`: the same saved schedule that the app keeps. */
export function addSchedule(program: Command, action: Action): void {
  const load = () => import('../commands/schedule.ts');
  const schedule = program
    .command('schedule')
    .description('the saved schedule, the same as in the app: list, add, remove, run');
  schedule
    .command('list')
    .description('what is scheduled, and what the last run came to')
    .action(action(async () => ({ run: (await load()).list })));
  schedule
    .command('add <watchlist>')
    .description('analyze a watchlist again and again, in place of what is scheduled')
    .addOption(interval())
    .addOption(new Option('--every <minutes>', 'minutes between runs, or bar-close (default)').argParser(times))
    .option('--any-time', 'also while no market is open')
    .action(action(async () => ({ run: (await load()).add })));
  schedule
    .command('remove')
    .description('switch the schedule off')
    .action(action(async () => ({ run: (await load()).remove })));
  schedule
    .command('run')
    .description('keep the schedule until Ctrl+C; a run that was missed is made up for once')
    .option('--runs <n>', 'end after so many runs', wholeNumber(1, 1_000_000))
    .action(action(load));
}

function times(text: string) {
  const parsed = ScheduleTimes.safeParse(text === 'bar-close' ? text : Number(text));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('It is bar-close, or one of 1, 2, 5, 10, 15, 20, 30, 60, 120 and 240 minutes.');
}

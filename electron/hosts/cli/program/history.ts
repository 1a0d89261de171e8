import { type Command, Option } from 'commander';
import { dimensions, wholeNumber } from '../parse.ts';
import { type Action, asOf, interval, origin, symbol } from './options.ts';

/** `decisions`, `decision`, `outcomes` and `scorecard`. */
export function addHistory(program: Command, action: Action): void {
  program
    .command('decisions')
    .description('stored decisions, newest first')
    .addOption(symbol())
    .addOption(interval())
    .addOption(origin())
    .option('--limit <n>', 'how many at most', wholeNumber(1, 10_000), 20)
    .action(action(() => import('../commands/decisions.ts')));
  program
    .command('decision <id>')
    .description('one stored decision, whole')
    .action(action(() => import('../commands/decision.ts')));
  program
    .command('outcomes')
    .description(
      'what became of decisions: settle (decisions lists them, pending ones too; your own trades: knowledge trades)',
    )
    .command('settle')
    .description('settle every live decision whose horizon has passed; they also settle by themselves when bars arrive')
    .addOption(symbol())
    .option('--online', 'ask the sources on the network for new bars too')
    .action(action(async () => ({ run: (await import('../commands/outcomes.ts')).settle })));
  program
    .command('scorecard')
    .description('how decisions fared, and whether P(correct) has skill over the base rate')
    .addOption(
      new Option('--by <dimensions>', 'tables by action, regime, horizon, model, sample').argParser(dimensions),
    )
    .addOption(origin())
    .addOption(
      new Option('--judge <judge>', 'whose decisions: each has its own record (default numeric)').choices([
        'numeric',
        'language',
        'combined',
      ]),
    )
    .option('--replay <id>', 'only the decisions of one replay')
    .addOption(interval())
    .addOption(asOf())
    .action(action(() => import('../commands/scorecard.ts')));
}

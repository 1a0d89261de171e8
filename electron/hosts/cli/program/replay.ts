import { type Command, Option } from 'commander';
import { wholeNumber } from '../parse.ts';
import { type Action, device, interval, several, source } from './options.ts';

/** `replay ...` and `replay-decision`. */
export function addReplay(program: Command, action: Action): void {
  const load = () => import('../commands/replay.ts');
  const replay = program
    .command('replay')
    .description("walk history through the same workflow, stored as replay; 'list', 'remove'")
    .addOption(several('--symbol <symbol>', 'a symbol; may be given several times'))
    .addOption(several('--watchlist <name>', 'every symbol of a watchlist; may be given several times'))
    .addOption(source())
    .addOption(interval())
    .option('--from <date>', 'decide from then on (default: from where the network was not trained on the symbol)')
    .option('--to <date>', 'nothing later is read (default: the last closed bar)')
    .option('--step <bars>', 'bars between two decisions on a symbol (default: the horizon)', wholeNumber(1, 1000))
    .option('--horizon <bars>', 'bars ahead a decision speaks of, 1 to 256 (default 16)', wholeNumber(1, 256))
    .option('--parallel <n>', 'symbols at once; the result does not depend on it', wholeNumber(1, 16))
    .option('--resume <id>', 'go on with a replay that was cut short')
    .addOption(device())
    .option('--leakage-test', 'decide the same windows hidden, rescaled and slightly changed, and say what differs')
    .addOption(
      new Option('--judge <judge>', 'of the leakage test: numeric (default), or the language model in use').choices([
        'numeric',
        'language',
      ]),
    )
    .option('--windows <n>', 'of the leakage test (default 200, of a language model 40)', wholeNumber(4, 2000))
    .option('--seed <n>', 'of the leakage test (default 0)', wholeNumber(0, 1_000_000))
    .action(action(load));
  replay
    .command('list')
    .description('replays, newest first')
    .action(action(async () => ({ run: (await load()).list })));
  replay
    .command('remove <id>')
    .description('remove a replay with its decisions, outcomes and setups')
    .option('--force', 'also where live decisions recalled some of it, which cannot be made again then')
    .action(action(async () => ({ run: (await load()).remove })));
  program
    .command('replay-decision <id>')
    .description('make a stored decision again and name the first thing that differs; exit code 0 identical, 1 not')
    .option(
      '--regenerate',
      'ask the language model again instead of using its stored answers, and say where it answers otherwise',
    )
    .action(action(() => import('../commands/replay-decision.ts')));
}

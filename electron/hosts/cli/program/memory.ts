import { type Command, Option } from 'commander';
import { wholeNumber } from '../parse.ts';
import { type Action, INTERVALS, several } from './options.ts';

const KINDS = ['trade', 'pattern', 'strategy', 'regime', 'note', 'feedback'];
const REGIMES = ['trending', 'mean_reverting', 'volatile', 'quiet'];
const number = (text: string) => Number(text);

/** Symbol, interval and regime that a memory is about. */
const scoped = (command: Command): Command =>
  command
    .option('--symbol <symbol>', 'the symbol it is about')
    .addOption(new Option('--interval <interval>', 'the length of bar it is about').choices(INTERVALS))
    .addOption(new Option('--regime <regime>', 'the regime it is about').choices(REGIMES));

const known = (command: Command): Command =>
  command.option('--as-of <date>', 'only what was known by then (a bare date: the end of that day in UTC)');

/** `memory ...` and `knowledge ...` of DESIGN 5. */
export function addMemory(program: Command, action: Action): void {
  const load = () => import('../commands/memory.ts');
  const memory = program
    .command('memory')
    .description('the memory: add, search, remove, restore, context, prune, export, import, state');
  scoped(memory.command('add <text>'))
    .description('remember something')
    .addOption(new Option('--kind <kind>', 'what it is').choices(KINDS).default('note'))
    .option('--title <title>', 'a line that says what it is about')
    .option('--decision <id>', 'the decision it speaks of')
    .action(action(async () => ({ run: (await load()).add })));
  known(scoped(memory.command('search [words...]')))
    .description('memories with these words, or the newest')
    .addOption(several('--kind <kind>', 'only of this kind; may be given several times', KINDS))
    .option('--like <decision>', 'memories of decisions on pictures like that of this one')
    .option('--limit <n>', 'how many at most', wholeNumber(1, 200), 20)
    .action(action(async () => ({ run: (await load()).search })));
  memory
    .command('remove <id>')
    .description('take a memory back: from now on it is known no longer; restore brings it back')
    .action(action(async () => ({ run: (await load()).remove })));
  memory
    .command('restore <id>')
    .description('bring back a memory that was taken back: it is known again from now on')
    .action(action(async () => ({ run: (await load()).restore })));
  known(scoped(memory.command('context <symbol>')))
    .description('what bears on a symbol, quoted, as an agent would see it')
    .option('--max-characters <n>', 'bound of its length', wholeNumber(200, 20_000), 2000)
    .action(action(async () => ({ run: (await load()).context })));
  memory
    .command('prune')
    .description(
      'what is old and was not useful: recalled too rarely, or for 10 decisions or more that went badly; removes it with --yes',
    )
    .option('--older-than <days>', 'days since it was known', wholeNumber(0, 100_000), 365)
    .option('--recalled-at-most <n>', 'as useless counts what was recalled no oftener', wholeNumber(0, 1_000_000), 0)
    .option('--yes', 'remove it')
    .action(action(async () => ({ run: (await load()).prune })));
  memory
    .command('export [file]')
    .description('every memory as JSON lines, to a file or to stdout')
    .action(action(async () => ({ run: (await load()).exportFile })));
  memory
    .command('import <file>')
    .description('memories from JSON lines; what is known already is merged')
    .action(action(async () => ({ run: (await load()).importFile })));
  memory
    .command('state')
    .description('how much is remembered')
    .action(action(async () => ({ run: (await load()).state })));
  addKnowledge(program, action);
}

function addKnowledge(program: Command, action: Action): void {
  const load = () => import('../commands/knowledge.ts');
  const knowledge = program
    .command('knowledge')
    .description('patterns and trades: list, add-pattern, trades, log-outcome, amend-outcome');
  known(knowledge.command('list'))
    .description('patterns with live success rates, regimes and strategies, each with n')
    .action(action(async () => ({ run: (await load()).list })));
  scoped(knowledge.command('add-pattern <name> <description>'))
    .description('a pattern; settled setups of what it names count for it')
    .option('--success-rate <share>', 'what you say of it, 0 to 1', number)
    .addOption(new Option('--side <side>', 'which side it speaks for').choices(['long', 'short']))
    .action(action(async () => ({ run: (await load()).addPattern })));
  known(knowledge.command('trades'))
    .description('trades that you logged, the newest first; open ones are pending')
    .action(action(async () => ({ run: (await load()).trades })));
  traded(knowledge.command('log-outcome'))
    .description(
      'a trade that you made; without --exit and --pnl it is open, and pending until amend-outcome closes it',
    )
    .action(action(async () => ({ run: (await load()).logOutcome })));
  traded(knowledge.command('amend-outcome <id>'))
    .description('close or correct a trade: the whole of it anew; memory remove ID takes it back')
    .action(action(async () => ({ run: (await load()).amendOutcome })));
}

/** What is told of a trade. */
const traded = (command: Command): Command =>
  command
    .requiredOption('--symbol <symbol>', 'what was traded')
    .addOption(new Option('--side <side>', 'long or short').choices(['long', 'short']).makeOptionMandatory())
    .requiredOption('--entry <price>', 'price at the start', number)
    .option('--exit <price>', 'price at the end', number)
    .option('--pnl <amount>', 'what it brought, after costs', number)
    .option('--note <text>', 'a word on it')
    .option(
      '--at <time>',
      'when it was closed, or opened, e.g. 2012-12-31T20:00:00Z or 2012-12-31, the end of that day in UTC (default now)',
    )
    .option('--pattern <name>', 'the pattern it was made on')
    .option('--strategy <name>', 'the strategy that made it');

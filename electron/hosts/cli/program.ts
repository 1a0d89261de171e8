import { Command, Option } from 'commander';
import { defaultDataDir, engineVersion } from '../../engine/platform/index.ts';
import type { Handler } from './context.ts';
import { addCsvFlags } from './csv-flags.ts';
import { addMemory } from './memory-program.ts';
import type { Output } from './output.ts';
import { dimensions, wholeNumber, windowBars } from './parse.ts';

const INTERVALS = ['1m', '5m', '15m', '30m', '1h', '1d', '1wk', '1mo'];
const interval = () => new Option('--interval <interval>', 'length of a bar').choices(INTERVALS);
const device = () =>
  new Option('--device <device>', 'where the network runs').choices(['auto', 'cpu', 'cuda', 'coreml', 'dml']);
const asOf = () => new Option('--as-of <date>', 'market time: nothing later is read, e.g. 2012-12-31');
const source = () =>
  new Option('--source <source>', 'where bars come from; yahoo and stooq ask the network').choices([
    'samples',
    'samples-closes',
    'csv',
    'yahoo',
    'stooq',
  ]);
const origin = () =>
  new Option('--origin <origin>', 'live decisions (default), replayed ones, or both').choices([
    'live',
    'replay',
    'both',
  ]);
const symbol = () => new Option('--symbol <symbol>', 'a symbol, e.g. AAPL');
const several = (flags: string, description: string) =>
  new Option(flags, description).argParser((value: string, before: string[] = []) => [...before, value]);
const delay = () =>
  new Option('--delay <seconds>', 'from one iteration to the next').argParser(wholeNumber(1, 604_800)).default(300);
const iterations = () => new Option('--iterations <n>', 'end after so many').argParser(wholeNumber(1, 1_000_000));
const NO_LLM = ['--no-llm', 'decide without a language model'] as const;

/** The command line of DESIGN 5. Modules of a command load when it runs; `done` receives its exit code. */
export function createProgram(out: Output, done: (code: number) => void): Command {
  const program = new Command('brainnet')
    .description('Reads the market as pictures and says how sure it is.')
    .version(engineVersion())
    .option('--json', 'one JSON object a line on stdout, nothing else there')
    .option('--data-dir <dir>', 'folder of all state (default: the user data folder)')
    .showHelpAfterError('(brainnet COMMAND --help lists what it takes)')
    .configureOutput({ writeErr: (text) => void (out.json || process.stderr.write(text)) })
    .exitOverride();

  const action =
    <O>(load: () => Promise<{ run: Handler<O> }>) =>
    async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const dataDir = program.opts().dataDir || process.env.BRAINNET_DATA_DIR || defaultDataDir();
      const usage = (sentence: string): never => command.error(`error: ${sentence}`, { exitCode: 2 });
      if (program.opts().dataDir === '') usage('--data-dir is empty; name a folder.');
      const { run } = await load();
      done((await run({ out, dataDir, usage }, command.args, command.opts<O & object>())) ?? 0);
    };

  addAnalysis(program, action);
  addHistory(program, action);
  addReplay(program, action);
  addFinetune(program, action);
  addModels(program, action);
  addMarket(program, action);
  addMemory(program, action);
  addSystem(program, action);
  return program;
}

type Action = <O>(load: () => Promise<{ run: Handler<O> }>) => (...given: unknown[]) => Promise<void>;

function addAnalysis(program: Command, action: Action): void {
  addCsvFlags(program.command('analyze [symbol...]'))
    .description('full analysis of each symbol, stored')
    .option('--watchlist <name>', 'every symbol of a watchlist, e.g. samples')
    .addOption(interval())
    .option('--window <bars>', 'window length, 32 to 256 bars (default 64)', windowBars)
    .option('--horizon <bars>', 'bars ahead a decision speaks of, 1 to 256 (default 16)', wholeNumber(1, 256))
    .addOption(asOf())
    .option('--csv <file>', 'bars of one symbol from a CSV file')
    .addOption(source())
    .option('--allow-stale', 'analyze live bars that are more than two sessions behind')
    .addOption(device())
    .option(...NO_LLM)
    .option('--single', 'one pass, then end (always so for analyze)')
    .option('--resume', 'go on with the newest run that was cut short, as it was begun')
    .action(action(() => import('./commands/analyze.ts')));
  addCsvFlags(program.command('gaf'))
    .description('fields, features and scores of the last window of a CSV file; stores nothing')
    .requiredOption('--csv <file>', 'a CSV file of bars')
    .addOption(interval())
    .addOption(asOf())
    .option('--window <bars>', 'window length, 32 to 256 bars', windowBars, 64)
    .option('--image <file>', 'write the 224 x 224 picture as PNG')
    .option('--fields', 'print both fields')
    .action(action(() => import('./commands/gaf.ts')));
  program
    .command('convnext')
    .description("the network's reading of the last window of a symbol; stores nothing")
    .addOption(symbol().makeOptionMandatory())
    .addOption(source())
    .addOption(interval())
    .addOption(asOf())
    .addOption(device())
    .option(...NO_LLM)
    .action(action(() => import('./commands/convnext.ts')));
  program
    .command('convnext-loop')
    .description("the network's reading again and again; stores nothing")
    .addOption(symbol().makeOptionMandatory())
    .addOption(source())
    .addOption(interval())
    .addOption(delay())
    .addOption(iterations())
    .option('--single', 'one reading, then end')
    .addOption(device())
    .option(...NO_LLM)
    .action(action(() => import('./commands/convnext-loop.ts')));
  program
    .command('loop')
    .description('the trading loop: fetch, remember, draw, judge, decide and store, again and again')
    .addOption(several('--symbol <symbol>', 'a symbol; may be given several times').makeOptionMandatory())
    .addOption(interval())
    .addOption(source())
    .addOption(delay())
    .addOption(iterations())
    .option('--single', 'one iteration, then end')
    .option('--allow-stale', 'analyze live bars that are more than two sessions behind')
    .addOption(device())
    .option(...NO_LLM)
    .action(action(() => import('./commands/loop.ts')));
  program
    .command('adapt <about> [words]')
    .description('remember what you say to a decision (its id) or a symbol, analyze anew, and show what it changed')
    .addOption(source())
    .addOption(interval())
    .addOption(new Option('--outcome <outcome>', 'how the position went').choices(['win', 'loss', 'flat']))
    .action(action(() => import('./commands/adapt.ts')));
  program
    .command('convnext-info')
    .description("the network's card: what it was fitted on and how well it reads")
    .action(action(() => import('./commands/convnext-info.ts')));
}

function addReplay(program: Command, action: Action): void {
  const load = () => import('./commands/replay.ts');
  const several = (value: string, before: string[] = []) => [...before, value];
  const replay = program
    .command('replay')
    .description("walk history through the same workflow, stored as replay; 'list', 'remove'")
    .option('--symbol <symbol>', 'a symbol; may be given several times', several)
    .option('--watchlist <name>', 'every symbol of a watchlist; may be given several times', several)
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
    .option('--windows <n>', 'windows of the leakage test (default 200)', wholeNumber(20, 2000))
    .option('--seed <n>', 'of the leakage test (default 0)', wholeNumber(0, 1_000_000))
    .action(action(load));
  replay
    .command('list')
    .description('replays, newest first')
    .action(action(async () => ({ run: (await load()).list })));
  replay
    .command('remove <id>')
    .description('remove a replay with its decisions, outcomes and setups')
    .action(action(async () => ({ run: (await load()).remove })));
  program
    .command('replay-decision <id>')
    .description('make a stored decision again and name the first thing that differs; exit code 0 identical, 1 not')
    .option('--regenerate', 'ask a language model again instead of using its stored answers (not built yet)')
    .action(action(() => import('./commands/replay-decision.ts')));
}

function addFinetune(program: Command, action: Action): void {
  const load = () => import('./commands/finetune.ts');
  const several = (value: string, before: string[] = []) => [...before, value];
  const tune = program
    .command('finetune')
    .description(
      "new heads for the network from your own series, kept only where they are better; 'list', 'use', 'rollback'",
    )
    .option('--symbol <symbol>', 'a symbol; may be given several times', several)
    .option('--watchlist <name>', 'every symbol of a watchlist')
    .addOption(interval())
    .addOption(source())
    .option('--from <date>', 'bars before it are left out')
    .option('--to <date>', 'nothing later is read (default: the last closed bar)')
    .option('--seed <n>', "for the bootstrap's draws (default 0)", wholeNumber(0, 1_000_000))
    .option('--dry-run', 'fit and measure, but keep nothing')
    .addOption(device())
    .action(action(load));
  tune
    .command('list')
    .description('versions of the heads, and which is in force')
    .action(action(async () => ({ run: (await load()).list })));
  tune
    .command('use <id>')
    .description('put a version in force, or the shipped heads (finetune use shipped)')
    .action(action(async () => ({ run: (await load()).use })));
  tune
    .command('rollback')
    .description('put in force what was before')
    .action(action(async () => ({ run: (await load()).rollback })));
}

function addModels(program: Command, action: Action): void {
  const load = () => import('./commands/models.ts');
  const models = program
    .command('models')
    .description("the language model's file: list, download, verify, use, remove");
  models
    .command('list')
    .description('the model that is known, the one in use, and what a download has brought')
    .action(action(async () => ({ run: (await load()).list })));
  models
    .command('download')
    .description('download the model, or go on with it; Ctrl+C pauses (HTTPS_PROXY, BRAINNET_MODEL_MIRROR)')
    .action(action(async () => ({ run: (await load()).download })));
  models
    .command('verify')
    .description('read the file in use whole and compare its SHA-256')
    .action(action(async () => ({ run: (await load()).verify })));
  models
    .command('use [file]')
    .description('use a GGUF file that you have, where it lies')
    .option('--default', 'go back to the model that Brainnet was made for')
    .action(action(async () => ({ run: (await load()).use })));
  models
    .command('remove')
    .description('delete what was downloaded; never a file of your own')
    .action(action(async () => ({ run: (await load()).remove })));
}

function addHistory(program: Command, action: Action): void {
  program
    .command('decisions')
    .description('stored decisions, newest first')
    .addOption(symbol())
    .addOption(interval())
    .addOption(origin())
    .option('--limit <n>', 'how many at most', wholeNumber(1, 10_000), 20)
    .action(action(() => import('./commands/decisions.ts')));
  program
    .command('decision <id>')
    .description('one stored decision, whole')
    .action(action(() => import('./commands/decision.ts')));
  program
    .command('outcomes')
    .description('what became of decisions: settle')
    .command('settle')
    .description('settle every live decision whose horizon has passed; they also settle by themselves when bars arrive')
    .addOption(symbol())
    .option('--online', 'ask the sources on the network for new bars too')
    .action(action(async () => ({ run: (await import('./commands/outcomes.ts')).settle })));
  program
    .command('scorecard')
    .description('how decisions fared, and whether P(correct) has skill over the base rate')
    .addOption(new Option('--by <dimensions>', 'tables by action, regime, horizon, model').argParser(dimensions))
    .addOption(origin())
    .addOption(
      new Option('--judge <judge>', 'numeric (default) or llm: each has its own record').choices(['numeric', 'llm']),
    )
    .option('--replay <id>', 'only the decisions of one replay')
    .addOption(interval())
    .addOption(asOf())
    .action(action(() => import('./commands/scorecard.ts')));
}

function addMarket(program: Command, action: Action): void {
  addCsvFlags(program.command('import <file>'))
    .description('bars from a CSV file, stored as source csv')
    .addOption(symbol().makeOptionMandatory())
    .addOption(interval())
    .option('--preview', 'say how the file would be read, and store nothing')
    .action(action(() => import('./commands/import.ts')));
  const lists = program.command('watchlist').description('watchlists: list, add, remove, import, export');
  const load = () => import('./commands/watchlist.ts');
  lists
    .command('list')
    .description('every watchlist with its symbols')
    .action(action(async () => ({ run: (await load()).list })));
  lists
    .command('add <name> <symbol...>')
    .description('add symbols to a list, which is made where there is none')
    .addOption(source())
    .action(action(async () => ({ run: (await load()).add })));
  lists
    .command('remove <name> [symbol...]')
    .description('remove symbols, or the whole list where none are named')
    .action(action(async () => ({ run: (await load()).remove })));
  lists
    .command('import <name> <file>')
    .description('a list from a CSV file with the columns symbol,source')
    .action(action(async () => ({ run: (await load()).importFile })));
  lists
    .command('export <name> [file]')
    .description('a list as CSV, to a file or to stdout')
    .action(action(async () => ({ run: (await load()).exportFile })));
}

function addSystem(program: Command, action: Action): void {
  program
    .command('doctor')
    .description('versions, data folder, database, network file, page: each ok or what to do')
    .option('--online', 'ask the live sources, and the server of a language model, on the network too')
    .action(action(() => import('./commands/doctor.ts')));
  program
    .command('restore')
    .description('bring the newest backup of the journal back; what is there now is kept beside it')
    .action(action(() => import('./commands/restore.ts')));
  program
    .command('server')
    .description('serve the page and the contract (WebSocket, and JSON over HTTP)')
    .option('--port <port>', 'port; 0 takes any that is free', wholeNumber(0, 65_535), 8000)
    .option('--host <address>', 'address to listen at', '127.0.0.1')
    .action(action(() => import('./commands/server.ts')));
  program
    .command('bench [name]')
    .description('the benchmarks, a JSON line each')
    .action(action(() => import('./commands/bench.ts')));
}

import { type Command, Option } from 'commander';
import { addCsvFlags } from '../csv-flags.ts';
import { wholeNumber, windowBars } from '../parse.ts';
import { type Action, asOf, delay, device, interval, iterations, NO_LLM, several, source, symbol } from './options.ts';

/** `analyze`, `gaf`, `convnext`, the loops and `adapt` of DESIGN 5. */
export function addAnalysis(program: Command, action: Action): void {
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
    .action(action(() => import('../commands/analyze.ts')));
  addCsvFlags(program.command('gaf'))
    .description('fields, features and scores of the last window of a CSV file; stores nothing')
    .requiredOption('--csv <file>', 'a CSV file of bars')
    .addOption(interval())
    .addOption(asOf())
    .option('--window <bars>', 'window length, 32 to 256 bars', windowBars, 64)
    .option('--image <file>', 'write the 224 x 224 picture as PNG')
    .option('--fields', 'print both fields')
    .action(action(() => import('../commands/gaf.ts')));
  program
    .command('convnext')
    .description("the network's reading of the last window of a symbol; stores nothing")
    .addOption(symbol().makeOptionMandatory())
    .addOption(source())
    .addOption(interval())
    .addOption(asOf())
    .addOption(device())
    .option(...NO_LLM)
    .action(action(() => import('../commands/convnext.ts')));
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
    .action(action(() => import('../commands/convnext-loop.ts')));
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
    .action(action(() => import('../commands/loop.ts')));
  program
    .command('adapt <about> [words]')
    .description('remember what you say to a decision (its id) or a symbol, analyze anew, and show what it changed')
    .addOption(source())
    .addOption(interval())
    .addOption(new Option('--outcome <outcome>', 'how the position went').choices(['win', 'loss', 'flat']))
    .action(action(() => import('../commands/adapt.ts')));
  program
    .command('convnext-info')
    .description("the network's card: what it was fitted on and how well it reads")
    .action(action(() => import('../commands/convnext-info.ts')));
}

import type { Command } from 'commander';
import { addCsvFlags } from '../csv-flags.ts';
import { type Action, interval, source, symbol } from './options.ts';

/** `import` and `watchlist ...`. */
export function addMarket(program: Command, action: Action): void {
  addCsvFlags(program.command('import <file>'))
    .description('bars from a CSV file, stored as source csv')
    .addOption(symbol().makeOptionMandatory())
    .addOption(interval())
    .option('--preview', 'say how the file would be read, and store nothing')
    .action(action(() => import('../commands/import.ts')));
  const lists = program.command('watchlist').description('watchlists: list, add, remove, import, export');
  const load = () => import('../commands/watchlist.ts');
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

import type { Command } from 'commander';
import { wholeNumber } from '../parse.ts';
import { type Action, device, interval, several, source } from './options.ts';

/** `finetune ...`. */
export function addFinetune(program: Command, action: Action): void {
  const load = () => import('../commands/finetune.ts');
  const tune = program
    .command('finetune')
    .description(
      "new heads for the network from your own series, kept only where they are better; 'list', 'use', 'rollback'",
    )
    .addOption(several('--symbol <symbol>', 'a symbol; may be given several times'))
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

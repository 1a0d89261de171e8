import type { Command } from 'commander';
import type { Action } from './options.ts';

/** `models ...`. */
export function addModels(program: Command, action: Action): void {
  const load = () => import('../commands/models.ts');
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

import { Command } from 'commander';
import { defaultDataDir, engineVersion } from '../../engine/platform/index.ts';
import type { Handler } from './context.ts';
import type { Output } from './output.ts';
import { addAnalysis } from './program/analysis.ts';
import { addFinetune } from './program/finetune.ts';
import { addHistory } from './program/history.ts';
import { addMarket } from './program/market.ts';
import { addMemory } from './program/memory.ts';
import { addModels } from './program/models.ts';
import { addReplay } from './program/replay.ts';
import { addSchedule } from './program/schedule.ts';
import { addSystem } from './program/system.ts';

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
  addSchedule(program, action);
  addHistory(program, action);
  addReplay(program, action);
  addFinetune(program, action);
  addModels(program, action);
  addMarket(program, action);
  addMemory(program, action);
  addSystem(program, action);
  return program;
}

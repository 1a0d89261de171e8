import { type Command, CommanderError } from 'commander';
import { callErrorData } from '../../../shared/contract/errors.ts';
import { errorSentence } from '../../../shared/errors.ts';
import { loadDotEnv } from '../env.ts';
import { missingCommand } from './missing-command.ts';
import { createOutput, type Output } from './output.ts';
import { createProgram } from './program.ts';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

/** Runs one command line to its end and leaves the process: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
export async function main(argv: string[]): Promise<never> {
  const out = createOutput(argv.includes('--json'));
  const code = await execute(argv, out);
  out.progress('');
  await out.flush();
  process.exit(out.closed ? DONE : code);
}

async function execute(argv: string[], out: Output): Promise<number> {
  let code = DONE;
  let program: Command | undefined;
  try {
    loadDotEnv();
    program = createProgram(out, (result) => {
      code = result;
    });
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return usage(error, out, program && missingCommand(program, argv));
    const data = callErrorData(error);
    out.error(data);
    if (data.code === 'INTERNAL' && process.env.BRAINNET_LOG) console.error(error);
    return FAILED;
  }
}

/** Commander has already told a person; `--json` gets the same as a line. @param missing what it means where it only showed its help */
function usage(error: CommanderError, out: Output, missing = ''): number {
  if (error.exitCode === 0) return DONE;
  if (out.json) {
    const said = error.code === 'commander.help' ? missing : error.message;
    const problem = said.replace(/^error: /, '').replace(/\.$/, '');
    out.error({ code: 'INVALID_INPUT', sentence: errorSentence('INVALID_INPUT', { problem }), details: { problem } });
  }
  return WRONG_USAGE;
}

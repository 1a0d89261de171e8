import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrainnetError } from '../../../../shared/errors.ts';

const LAST_WORDS = 2000;
const SECRET = /KEY|TOKEN|SECRET|PASSWORD/i;

/** The process of llama.cpp, in the file beside this one, bundled or not. Keys and tokens of the environment are not for it. */
export function forkProcess(): ChildProcess {
  const here = import.meta.url;
  const file = fileURLToPath(new URL(`./llm-process${path.extname(fileURLToPath(here))}`, here));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SECRET.test(name)));
  return fork(file, [], {
    env: { ...env, ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

/** Why a process ended, once it has. @param lastWords is given the end of its error stream */
export function endOf(child: ChildProcess, lastWords: (text: string) => void): Promise<BrainnetError> {
  let tail = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    tail = (tail + bytes.toString('utf8')).slice(-LAST_WORDS);
  });
  return new Promise((resolve) => {
    const ended = (problem: string) => {
      if (tail) lastWords(tail);
      resolve(new BrainnetError('LLM_FAILED', { problem }));
    };
    child.once('error', ({ message }) => ended(`its process could not be run: ${message}`));
    child.once('exit', (code, signal) =>
      ended(signal ? `its process was ended by ${signal}` : `its process ended with code ${code}`),
    );
  });
}

/** Whether the process keeps ours from ending. */
export function hold(child: ChildProcess, on: boolean): void {
  for (const handle of [child, child.channel]) {
    if (on) handle?.ref();
    else handle?.unref();
  }
}

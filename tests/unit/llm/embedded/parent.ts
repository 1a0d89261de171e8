import { forkProcess } from '../../../../electron/engine/llm/embedded/fork-process.ts';
import type { ToProcess } from '../../../../electron/engine/llm/embedded/messages.ts';
import { TUNING } from './models.ts';

/** A process to be killed: starts llama.cpp on a file, and says on stdout in which process. */
const [, , file = ''] = process.argv;
const child = forkProcess();
const common = { sha256: null, contextTokens: 512, gpu: false, stateDir: null, tuning: TUNING } as const;
child.send({ kind: 'start', start: { file, name: 'endless', ...common } } satisfies ToProcess);
process.stdout.write(`${child.pid}\n`);

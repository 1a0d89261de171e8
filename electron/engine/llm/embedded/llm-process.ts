/** The process in which llama.cpp runs: a crash of native code ends it, and nothing else. */
import { BrainnetError, type ErrorData } from '../../../../shared/errors.ts';
import { followParent } from './follow-parent.ts';
import { generate } from './generate.ts';
import { type Opened, open } from './load.ts';
import type { FromProcess, Reply, Request, Start, ToProcess } from './messages.ts';
import { probabilities } from './probabilities.ts';

const send = (message: FromProcess) => void process.send?.(message);
const under = new Map<number, AbortController>();
let opened: Opened | null = null;

followParent();
process.on('disconnect', () => process.exit());
process.on('message', (message: ToProcess) => {
  if (message.kind === 'start') void start(message.start);
  else if (message.kind === 'abort') under.get(message.id)?.abort();
  else void answer(message.id, message.request);
});

async function start(options: Start): Promise<void> {
  try {
    opened = await open(options);
    send({ kind: 'ready', info: opened.info, tuning: opened.tuning });
  } catch (error) {
    send({ kind: 'refused', error: dataOf(error) });
  }
}

async function answer(id: number, request: Request): Promise<void> {
  const control = new AbortController();
  under.set(id, control);
  try {
    if (!opened) throw new Error('asked before it was ready');
    send({ kind: 'answer', id, reply: await replyTo(opened, id, request, control.signal) });
  } catch (error) {
    send({ kind: 'failed', id, error: dataOf(error) });
  } finally {
    under.delete(id);
  }
}

async function replyTo(model: Opened, id: number, request: Request, signal: AbortSignal): Promise<Reply[keyof Reply]> {
  switch (request.kind) {
    case 'generate':
      return generate(model, request, signal, (text) => send({ kind: 'token', id, text }));
    case 'probabilities':
      return probabilities(model, request, signal);
    case 'count':
      return model.model.tokenize(request.text).length;
  }
}

function dataOf(error: unknown): ErrorData {
  if (error instanceof BrainnetError) return error.toData();
  const problem = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
  return new BrainnetError('LLM_FAILED', { problem }).toData();
}

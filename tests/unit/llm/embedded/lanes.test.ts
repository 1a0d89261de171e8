import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { expect, test } from 'vitest';
import { createLanes } from '../../../../electron/engine/llm/embedded/lanes.ts';

const PROMPT = { tokens: [1, 2, 3] as Token[], systemTokens: 0 };
const NEVER = new AbortController().signal;

/** A sequence that evaluates whatever it is given. */
function sequence(): LlamaContextSequence {
  const used = { usedInputTokens: 0, usedOutputTokens: 0 };
  return {
    nextTokenIndex: 2,
    compareContextTokens: () => ({ firstDifferentIndex: 0 }),
    tokenMeter: { getState: () => used, diff: () => used },
    adaptStateToTokens: async () => {},
  } as unknown as LlamaContextSequence;
}

function lanes(count: number) {
  const context = { getSequence: sequence } as unknown as LlamaContext;
  return createLanes(context, { count, part: 16, stateDir: null });
}

test('who is aborted while waiting for a lane leaves at once, and the next takes it when it is free', async () => {
  const { use } = lanes(1);
  const busy = Promise.withResolvers<string>();
  const first = use(PROMPT, NEVER, () => busy.promise);
  const control = new AbortController();
  const left = use(PROMPT, control.signal, async () => 'never');
  const next = use(PROMPT, NEVER, async () => 'next');
  control.abort();
  await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(use(PROMPT, control.signal, async () => 'never')).rejects.toMatchObject({ code: 'CANCELLED' });
  busy.resolve('first');
  expect(await Promise.all([first, next])).toEqual(['first', 'next']);
  expect(await use(PROMPT, NEVER, async () => 'after')).toBe('after');
});

test('a lane that is handed on to one who is aborted just then is not lost', async () => {
  const { use } = lanes(1);
  const busy = Promise.withResolvers<string>();
  const control = new AbortController();
  const first = use(PROMPT, NEVER, () => busy.promise);
  void first.then(() => control.abort());
  const left = use(PROMPT, control.signal, async () => 'never').catch(() => 'left');
  const next = use(PROMPT, NEVER, async () => 'next');
  busy.resolve('first');
  expect(await Promise.all([first, next])).toEqual(['first', 'next']);
  await left;
});

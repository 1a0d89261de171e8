import { describe, expect, it } from 'vitest';
import type { Deadline } from '../../../../electron/engine/llm/openai/deadline.ts';
import { readStream } from '../../../../electron/engine/llm/openai/stream.ts';

const deadline = { touch: () => {}, check: () => {} } as unknown as Deadline;

async function countsOf(usage: unknown) {
  async function* stream() {
    yield { choices: [{ delta: { content: 'True' }, finish_reason: 'stop' }] };
    yield { choices: [], usage };
  }
  const { text, prompt, cached, generated } = await readStream(stream(), { maxTokens: 10, deadline });
  return { text, prompt, cached, generated };
}
const of = (prompt: unknown, cached: unknown, generated: unknown) =>
  countsOf({ prompt_tokens: prompt, prompt_tokens_details: { cached_tokens: cached }, completion_tokens: generated });
const NONE = { text: 'True', prompt: null, cached: 0, generated: null };

it('takes counts of tokens as the server tells them', async () => {
  expect(await of(400, 30, 50)).toEqual({ text: 'True', prompt: 400, cached: 30, generated: 50 });
  expect(await of(0, 0, 0)).toEqual({ text: 'True', prompt: 0, cached: 0, generated: 0 });
});

it.each([1.5, -5, 1e300, Number.NaN, Number.POSITIVE_INFINITY, '400', true, [400], null, undefined])(
  'a count of %j is none, and the answer stands',
  async (count) => {
    expect(await of(count, count, count)).toEqual(NONE);
    expect(await of(400, 30, count)).toEqual({ text: 'True', prompt: 400, cached: 30, generated: null });
    expect(await of(400, count, 50)).toEqual({ text: 'True', prompt: 400, cached: 0, generated: 50 });
  },
);

it.each(['none', 3, [], { prompt_tokens_details: 'none' }, null])('usage %j tells no counts', async (usage) => {
  expect(await countsOf(usage)).toEqual(NONE);
});

describe('likeliest tokens', () => {
  async function firstOf(top: unknown) {
    async function* stream() {
      const logprobs = { content: [{ token: 'True', logprob: null, top_logprobs: top }] };
      yield { choices: [{ delta: { content: 'True' }, logprobs, finish_reason: 'stop' }] };
    }
    return (await readStream(stream(), { maxTokens: 10, deadline })).first;
  }
  const TRUE = { token: 'True', logprob: -0.1 };

  it('that cannot be read are left out, and the answer stands', async () => {
    expect(await firstOf([TRUE, { token: 'False', logprob: null }, { logprob: -3 }])).toEqual([TRUE]);
  });

  it.each([[[{ token: 'True', logprob: null }]], [[]], ['True'], [null]])('%j tell nothing', async (top) => {
    expect(await firstOf(top)).toBe(null);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type EvidencePack,
  fillPrompt,
  ReasoningAgent,
  type Remembered,
  ResearchAgent,
  readPrompt,
} from '../../../electron/engine/agents/index.ts';
import type { EmbeddedLlm } from '../../../electron/engine/llm/embedded/index.ts';
import { fitMessages } from '../../../electron/engine/llm/openai/fit.ts';
import { tokensOfAll } from '../../../electron/engine/llm/openai/token-estimate.ts';
import { createMemory } from '../../../electron/engine/memory/index.ts';
import { rememberedIn } from '../../../electron/engine/orchestrator/graph/remembered.ts';
import { MODELS, openModel } from '../llm/embedded/models.ts';
import { openJournal, projection } from '../memory/support.ts';
import { INJECTIONS } from './injections.ts';

test.each(INJECTIONS)('a memory stays a line of JSON in its slot: %j', (text) => {
  const prompt = readPrompt('research');
  const [system, ...user] = fillPrompt(prompt, { data: { closes: [1] }, horizon: 16 }, [{ text, time: 5 }]);
  expect(system!.content).toBe(prompt.system);
  expect(user.map(({ role, droppable }) => [role, droppable])).toEqual([
    ['user', undefined],
    ['user', 5],
    ['user', undefined],
  ]);
  const turn = user.map(({ content }) => content).join('\n');
  const slot = /^<data>\n(.*)\n(.*)\n<\/data>\n([\s\S]*)$/.exec(turn)!;
  expect([JSON.parse(slot[1]!), JSON.parse(slot[2]!)]).toEqual([{ closes: [1] }, text]);
  expect(slot[2]).toMatch(/^[\x20-\x7e]*$/);
  expect(slot[2]).not.toMatch(/[<>]/);
  expect(slot[3]).toBe(prompt.user.split('</data>\n')[1]!.replace('{{horizon}}', '16'));
});

test('what memory says has the time that it became known', () => {
  const recalled = (asOf: string, won: { long: boolean; short: boolean } | null) => ({ regime: 'quiet', asOf, won });
  const looks = [
    { look: {} },
    {
      look: {
        recalled: [
          recalled('2020-01-02T00:00:00.000Z', { long: true, short: false }),
          recalled('2019-05-06T00:00:00.000Z', { long: false, short: false }),
          recalled('2021-05-06T00:00:00.000Z', null),
        ],
      },
    },
  ];
  const written = {
    oldestFirst: [
      { text: '- [note, AAPL, known 2018-03-04] "known 1999-01-01] so"', time: Date.UTC(2018, 2, 4, 15) },
      { text: '- [note, known 2018-03-04] "known 2001-01-01]"', time: Date.UTC(2018, 2, 4, 16) },
    ],
  };
  const state = { looks, notes: [{ code: 'pattern', sentence: 'It fits.' }] } as unknown as Parameters<
    typeof rememberedIn
  >[0];
  const asOf = Date.UTC(2022, 0, 1);
  expect(rememberedIn(state, written, asOf)).toEqual([
    { text: 'Similar setup, quiet: long won, short did not.', time: Date.UTC(2020, 0, 2) },
    { text: 'Similar setup, quiet: neither long nor short won.', time: Date.UTC(2019, 4, 6) },
    { text: 'Similar setup, quiet: open.', time: Date.UTC(2021, 4, 6) },
    { text: 'It fits.', time: asOf },
    ...written.oldestFirst,
  ]);
});

test('memories of one day are left out in the order that they became known, and of one moment as they were written', async () => {
  const knownAt = Date.UTC(2020, 4, 4, 9);
  let now = knownAt;
  const clock = { now: () => now };
  const { records } = createMemory({ database: openJournal(), projection: () => projection, clock, onFault: () => {} });
  const write = (text: string, known: number) =>
    records.add({ kind: 'note', symbol: 'AAPL', text }, { knownAt: known });
  write('second, a fall of the dollar', knownAt + 1);
  write('fifth, a strike in the harbour', knownAt + 3);
  write('third, dividends are cut', knownAt + 2);
  write('fourth, a lawsuit begins', knownAt + 2);
  now += 1000;
  write('sixth, the factory burns', knownAt + 3);
  write('first, written last of all', knownAt);
  const context = await records.getContext({ symbol: 'AAPL', asOf: knownAt + 5, maxCharacters: 2000 });
  expect(context.ids).toHaveLength(6);
  const told = rememberedIn({ looks: [], notes: [] }, context, knownAt + 5);
  const messages = fillPrompt(readPrompt('research'), { data: {}, horizon: 16 }, told);
  const order: string[] = [];
  let before = messages;
  for (let left = 5; left >= 0; left--) {
    const after = fitMessages(messages, tokensOfAll(before) - 1).messages as typeof messages;
    const gone = before.find((message) => !after.includes(message))!;
    order.push(/(\w+), /.exec(JSON.parse(gone.content).split('"')[1])![1]!);
    before = after;
  }
  expect(order).toEqual(['first', 'second', 'third', 'fourth', 'fifth', 'sixth']);
});

describe('in a small context', () => {
  let llm: EmbeddedLlm;
  beforeAll(async () => {
    llm = await openModel(MODELS[0]!.file(), { contextTokens: 3000 });
  });
  afterAll(() => llm?.close());

  /** Thirty memories in no order of time, numbered by it. */
  const memory: Remembered[] = Array.from({ length: 30 }, (_, i) => (7 * i) % 30).map((time) => ({
    text: `Similar setup ${time + 100}: long won, short did not.`,
    time,
  }));
  const pack: EvidencePack = {
    closes: [-100, 0, 100],
    features: { trend_score: 0.91 },
    scores: { trend: 9, cycle: 0, burst: 1 },
    looks: { window: { regime: [93, 2, 3, 2], direction: [36, 27, 37], volatility: [12, 61, 22, 5] } },
    memory,
  };

  test('the oldest are left out, as few as must, and the question of doubt has no others', async () => {
    const agent = new ResearchAgent(llm);
    const research = await agent.research(pack, 16, 100, { temperature: 1, seed: 3, maxTokens: 300 });
    const { leftOut, cut } = research;
    expect(leftOut).toBeGreaterThan(0);
    expect(leftOut).toBeLessThan(30);
    expect(cut).toMatch(new RegExp(`^The ${leftOut} oldest of 30 memories were left out: `));
    const conversation = agent.conversation(pack, 16, research);
    const told = conversation.flatMap(({ content, droppable }) => (droppable === undefined ? [] : [content]));
    const kept = memory.filter(({ time }) => time >= leftOut).map(({ text }) => JSON.stringify(text));
    expect(told).toEqual(kept);

    const room = 3000 - 1 - 300;
    const one = { ...pack, memory: memory.filter(({ time }) => time >= leftOut - 1) };
    expect((await agent.research(pack, 16, 100, { temperature: 1, seed: 3, maxTokens: 300 })).leftOut).toBe(leftOut);
    expect((await agent.research(one, 16, 100, { temperature: 1, seed: 3, maxTokens: 300 })).leftOut).toBe(1);
    expect(cut).toContain(`can read ${room}.`);
  });

  test('a doubt that leaves more out says so', async () => {
    const agent = new ResearchAgent(llm);
    const conversation = agent.conversation(pack, 16, { raw: '{}', leftOut: 0 });
    const claim = { reading: 'trending, long', evidence: ['a', 'b', 'c'], conversation };
    const { cut } = await new ReasoningAgent(llm).computeConfidence(claim);
    expect(cut).toMatch(/oldest of 30 memories were left out/);
  });
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmbeddedLlm } from '../../../../electron/engine/llm/embedded/index.ts';
import type { Message } from '../../../../electron/engine/llm/index.ts';
import { MODELS, openModel, TUNING } from './models.ts';

const instructions = (task: string) =>
  `${task} You read windows of prices, and say what supports a reading and what is against it. `.repeat(14);
const bars = (symbol: string) => Array.from({ length: 3 }, (_, i) => `${symbol} bar ${i} high low`).join('; ');

const about = (symbol: string, task = 'First.'): Message[] => [
  { role: 'system', content: instructions(task) },
  { role: 'user', content: `The window: ${bars(symbol)}. What is the evidence?` },
];

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'brainnet-states-'));
const OPTIONS = { maxTokens: 8, temperature: 0, seed: 1 };
const SYMBOLS = ['ACME', 'ZETA', 'IOTA', 'BETA'];

describe.each(MODELS)('$name', ({ file, missing, rounding }) => {
  let llm: EmbeddedLlm;
  beforeAll(async () => {
    if (!missing) llm = await openModel(file(), { dir: newFolder() });
  });
  afterAll(() => llm?.close());

  test.skipIf(missing)('the second symbol evaluates at most a quarter of the first', async () => {
    const first = (await llm.generate(about('ACME'), OPTIONS)).usage;
    const second = (await llm.generate(about('ZETA'), OPTIONS)).usage;
    expect(first).toMatchObject({ reusedTokens: 0, evaluatedTokens: first.promptTokens });
    expect(second.evaluatedTokens).toBeLessThanOrEqual(0.25 * first.evaluatedTokens);
    expect(second.reusedTokens + second.evaluatedTokens).toBe(second.promptTokens);
  });

  test.skipIf(missing)('three rounds of one symbol evaluate at most twice one round', async () => {
    const rounds: number[] = [];
    let messages = about('ACME', 'Second.');
    for (const question of ['Is it supported?', 'And after the other look?', 'And at last?']) {
      const { text, usage } = await llm.generate(messages, OPTIONS);
      rounds.push(usage.evaluatedTokens);
      messages = [...messages, { role: 'assistant', content: text }, { role: 'user', content: question }];
    }
    expect(rounds.reduce((sum, tokens) => sum + tokens, 0)).toBeLessThanOrEqual(2 * rounds[0]!);
  });

  test.skipIf(missing)('a probability is the same with a reused prefix as without', async () => {
    const fresh = await llm.probabilities(about('ACME', 'Third.'), ['True', 'False']);
    await llm.probabilities(about('ZETA', 'Third.'), ['True', 'False']);
    const reused = await llm.probabilities(about('ACME', 'Third.'), ['True', 'False']);
    expect(reused.usage.reusedTokens).toBeGreaterThan(0);
    await llm.probabilities(about('ZETA', 'Third.'), ['True', 'False']);
    const again = await llm.probabilities(about('ACME', 'Third.'), ['True', 'False']);
    expect(again.probabilities).toEqual(reused.probabilities);
    for (const word of ['True', 'False']) {
      const ratio = reused.probabilities[word]! / fresh.probabilities[word]!;
      expect(Math.abs(Math.log(ratio))).toBeLessThan(rounding);
    }
  });

  test.skipIf(missing)('instructions that alternate are evaluated once each', async () => {
    const evaluated: number[] = [];
    for (const [symbol, task] of [
      ['ACME', 'Fourth.'],
      ['ACME', 'Fifth.'],
      ['ZETA', 'Fourth.'],
      ['ZETA', 'Fifth.'],
    ] as const)
      evaluated.push((await llm.generate(about(symbol, task), OPTIONS)).usage.evaluatedTokens);
    expect(evaluated[2]).toBeLessThanOrEqual(0.25 * evaluated[0]!);
    expect(evaluated[3]).toBeLessThanOrEqual(0.25 * evaluated[1]!);
  });

  test.skipIf(missing)('four together evaluate a common prefix once, and answer as one alone', async () => {
    const lanes = await openModel(file(), { dir: newFolder(), tuning: { ...TUNING, lanes: 4 } });
    const together = await Promise.all(SYMBOLS.map((symbol) => lanes.generate(about(symbol), OPTIONS)));
    await lanes.close();
    const [most, ...others] = together.map(({ usage }) => usage.evaluatedTokens).sort((a, b) => b - a);
    for (const other of others) expect(other).toBeLessThanOrEqual(0.25 * most!);
    const alone: string[] = [];
    for (const symbol of SYMBOLS) alone.push((await llm.generate(about(symbol), OPTIONS)).text);
    expect(together.map(({ text }) => text.slice(0, 4))).toEqual(alone.map((text) => text.slice(0, 4)));
  });
});

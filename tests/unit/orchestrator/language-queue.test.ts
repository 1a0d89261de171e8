import { expect, it } from 'vitest';
import type { Llm, LlmHost, LlmInfo, LlmRates } from '../../../electron/engine/llm/index.ts';
import type { Analysis } from '../../../electron/engine/orchestrator/analyzer.ts';
import {
  createLanguageQueue,
  type LanguageItem,
} from '../../../electron/engine/orchestrator/language/language-queue.ts';
import { BrainnetError, toErrorData } from '../../../shared/errors.ts';
import { storedDecision } from '../../support/journal.ts';

const UNMEASURED: LlmRates = { promptTokensPerSecond: null, generatedTokensPerSecond: null, workMs: null };
const SETTINGS = { blind: true, temperature: 0, maxTokens: 512, vision: false, budgetTokens: 200_000 };
const host: LlmHost = {
  get: async () => ({ info: {} }) as Llm,
  state: () => ({ status: 'unloaded', rates: UNMEASURED }),
  worked: () => {},
  forget: () => {},
  close: async () => {},
};

/** A queue whose model never answers a symbol named SLOW and refuses every other in `refusal`'s words. */
function queueOf(refusal: BrainnetError, budgetMs: number, get = host.get) {
  const failures: string[] = [];
  const queue = createLanguageQueue({
    host: { ...host, get },
    analyzer: {
      analyze: async ({ ref, signal }) => {
        if (ref.symbol !== 'SLOW') throw refusal;
        await new Promise((_, reject) =>
          signal!.addEventListener('abort', () => reject(new BrainnetError('CANCELLED'))),
        );
        throw refusal;
      },
    },
    settings: () => ({ ...SETTINGS, budgetMs }),
    records: () => ({ numeric: null, language: null }),
    memoryText: async () => ({ ids: [], oldestFirst: [] }),
    now: Date.now,
    changed: () => {},
  });
  const add = (symbol: string) =>
    queue.add({
      task: { ref: { symbol } } as LanguageItem['task'],
      numeric: storedDecision({ symbol }),
      done: () => {},
      failed: (sentence) => failures.push(sentence),
    });
  return { queue, failures, add };
}

it('a symbol over its budget costs only itself its second opinion', async () => {
  const { queue, failures, add } = queueOf(new BrainnetError('LLM_ANSWER_BAD', { problem: 'it is empty' }), 20);
  for (const symbol of ['SLOW', 'NEXT']) add(symbol);
  await queue.idle();
  expect(failures).toHaveLength(2);
  expect(failures[0]).toMatch(/did not finish SLOW within/);
  expect(failures[1]).toMatch(/it is empty/);
});

it('a model that cannot be had empties the queue, each symbol with the reason', async () => {
  const { queue, failures, add } = queueOf(new BrainnetError('LLM_MISSING', { problem: 'none' }), 60_000);
  for (const symbol of ['A', 'B', 'C']) add(symbol);
  await queue.idle();
  expect(failures).toHaveLength(3);
  for (const sentence of failures) expect(sentence).toMatch(/brainnet models download/);
  expect(queue.state().problem).toMatch(/brainnet models download/);
});

it.each([
  'LLM_ANSWER_BAD',
  'LLM_TOO_LONG',
  'LLM_UNREACHABLE',
  'BAD_SETTING',
  'MODEL_FILE_DAMAGED',
  'INTERNAL',
] as const)('a model that cannot be opened (%s) is tried once for all who wait', async (code) => {
  let tries = 0;
  const unopened = code === 'INTERNAL' ? new Error('a fault of ours') : new BrainnetError(code, { problem: 'no' });
  const get = () => {
    tries++;
    return Promise.reject(unopened);
  };
  const { queue, failures, add } = queueOf(new BrainnetError('LLM_MISSING'), 60_000, get);
  for (const symbol of ['A', 'B', 'C']) add(symbol);
  await queue.idle();
  expect(tries).toBe(1);
  expect(failures).toEqual(Array(3).fill(toErrorData(unopened).sentence));
  expect(queue.state()).toMatchObject({ waiting: 0, current: [], problem: toErrorData(unopened).sentence });
});

it('what fails in judging is of one symbol', async () => {
  let tries = 0;
  const get = () => {
    tries++;
    return host.get();
  };
  const { queue, failures, add } = queueOf(new BrainnetError('LLM_ANSWER_BAD', { problem: 'no' }), 60_000, get);
  for (const symbol of ['A', 'B', 'C']) add(symbol);
  await queue.idle();
  expect([tries, failures.length]).toEqual([3, 3]);
});

it('cancelling ends the one at work and drops the rest, and says whether there was anything', async () => {
  const { queue, failures, add } = queueOf(new BrainnetError('LLM_MISSING', { problem: 'none' }), 60_000);
  expect(queue.cancel()).toBe(false);
  for (const symbol of ['SLOW', 'B', 'C']) add(symbol);
  await expect.poll(() => queue.state().current).toEqual(['SLOW']);
  expect(queue.cancel()).toBe(true);
  await queue.idle();
  expect(failures).toEqual(Array(3).fill(new BrainnetError('CANCELLED').message));
  expect(queue.state()).toMatchObject({ waiting: 0, current: [], problem: null, available: true, model: null });
});

it('cancelling ends the wait for a model that is still being opened', async () => {
  const { queue, failures, add } = queueOf(new BrainnetError('LLM_MISSING'), 60_000, () => new Promise(() => {}));
  for (const symbol of ['A', 'B']) add(symbol);
  await expect.poll(() => queue.state().current).toEqual(['A']);
  expect(queue.cancel()).toBe(true);
  await queue.idle();
  expect(failures).toEqual(Array(2).fill(new BrainnetError('CANCELLED').message));
});

it('a picture that is refused says nothing of the next symbol', async () => {
  const { queue, failures, add } = queueOf(new BrainnetError('LLM_NO_VISION', { model: 'Phi' }), 20);
  for (const symbol of ['A', 'SLOW']) add(symbol);
  await queue.idle();
  expect(failures.map((sentence) => /SLOW within/.test(sentence))).toEqual([false, true]);
});

it('tells what a symbol may take before the first: as it took, else by the measured rates, at most its budget', () => {
  const at = (rates: LlmRates, budgetMs = 120_000) =>
    createLanguageQueue({
      host: { ...host, state: () => ({ status: 'unloaded', rates }) },
      analyzer: { analyze: () => Promise.reject(new Error('not asked')) },
      settings: () => ({ ...SETTINGS, budgetMs }),
      records: () => ({ numeric: null, language: null }),
      memoryText: async () => ({ ids: [], oldestFirst: [] }),
      now: Date.now,
      changed: () => {},
    }).state().meanMs;
  expect(at({ promptTokensPerSecond: 10, generatedTokensPerSecond: 5, workMs: 31_000 })).toBe(31_000);
  expect(at({ promptTokensPerSecond: 190, generatedTokensPerSecond: 40, workMs: null })).toBe(10_000 + 20_000);
  expect(at({ promptTokensPerSecond: 10, generatedTokensPerSecond: 5, workMs: null })).toBe(120_000);
  expect(at(UNMEASURED)).toBeNull();
});

it('judges as many at once as the model gains by, the first of them once it is open, each with its share of the time', async () => {
  const info = { name: 'Phi', together: 3 } as LlmInfo;
  const opened = Promise.withResolvers<void>();
  const ends = new Map<string, () => void>();
  const worked: number[] = [];
  const done: string[] = [];
  let now = 0;
  let open = false;
  const queue = createLanguageQueue({
    host: {
      ...host,
      get: async () => {
        await opened.promise;
        open = true;
        return { info } as Llm;
      },
      state: () => (open ? { status: 'ready', info, rates: UNMEASURED } : { status: 'loading' }),
      worked: (ms) => worked.push(ms),
    },
    analyzer: {
      analyze: ({ ref }) => new Promise((resolve) => ends.set(ref.symbol, () => resolve({} as Analysis))),
    },
    settings: () => ({ ...SETTINGS, budgetMs: 60_000 }),
    records: () => ({ numeric: null, language: null }),
    memoryText: async () => ({ ids: [], oldestFirst: [] }),
    now: () => now,
    changed: () => {},
  });
  for (const symbol of ['A', 'B', 'C', 'D', 'E'])
    queue.add({
      task: { ref: { symbol } } as LanguageItem['task'],
      numeric: storedDecision({ symbol }),
      done: () => done.push(symbol),
      failed: (sentence) => done.push(sentence),
    });
  expect(queue.state()).toMatchObject({ current: ['A'], waiting: 4 });
  opened.resolve();
  await expect.poll(() => [...ends.keys()]).toEqual(['A', 'B', 'C']);
  expect(queue.state()).toMatchObject({ current: ['A', 'B', 'C'], waiting: 2 });
  now = 30_000;
  ends.get('B')!();
  await expect.poll(() => queue.state().current).toEqual(['A', 'C', 'D']);
  await expect.poll(() => ends.size).toBe(4);
  for (const symbol of ['A', 'C', 'D']) ends.get(symbol)!();
  await expect.poll(() => ends.size).toBe(5);
  ends.get('E')!();
  await queue.idle();
  expect(done).toEqual(['B', 'A', 'C', 'D', 'E']);
  expect(worked.slice(0, 3)).toEqual([10_000, 10_000, 10_000]);
  expect(queue.state()).toMatchObject({ current: [], waiting: 0, problem: null });
});

it('goes on, and ends, where what became of a symbol cannot be told', async () => {
  const { queue, failures, add } = queueOf(new BrainnetError('LLM_ANSWER_BAD', { problem: 'it is empty' }), 60_000);
  queue.add({
    task: { ref: { symbol: 'A' } } as LanguageItem['task'],
    numeric: storedDecision({ symbol: 'A' }),
    done: () => {},
    failed: () => {
      throw new Error('nobody listens');
    },
  });
  add('B');
  await queue.idle();
  expect(failures).toHaveLength(1);
  expect(queue.state()).toMatchObject({ current: [], waiting: 0 });
});

import { expect, it } from 'vitest';
import { contentOf, createJournal } from '../../../electron/engine/decision/index.ts';
import type { Llm, LlmHost } from '../../../electron/engine/llm/index.ts';
import { createEventLog, createLanguageDesk } from '../../../electron/engine/orchestrator/index.ts';
import type { Followed } from '../../../electron/engine/orchestrator/language/language-desk.ts';
import { systemClock } from '../../../electron/engine/platform/index.ts';
import { Decision, type LanguageReading, type RunEvent } from '../../../shared/domain/index.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { openJournalDatabase, storedDecision } from '../../support/journal.ts';

const READING: LanguageReading = {
  ...{ model: 'phi', scores: { trend: 1, cycle: 2, burst: 3 }, disagreements: [], regime: 'trending', thesis: '' },
  ...{ evidenceFor: [], evidenceAgainst: [], invalidationPrice: 1, struck: 0, cut: null, blind: true },
  ...{ promptTokens: 1, reusedTokens: 0, generatedTokens: 1, ms: 1 },
};
const host: LlmHost = {
  get: async () => ({ info: {} }) as Llm,
  state: () => ({
    status: 'unloaded',
    rates: { promptTokensPerSecond: null, generatedTokensPerSecond: null, workMs: null },
  }),
  worked: () => {},
  forget: () => {},
  close: async () => {},
};

/** A desk on a real journal; what it makes of the symbol HALF has half a token in it. */
function deskOf(opening = host.get()) {
  const database = openJournalDatabase(temporaryFolder('desk'));
  const journal = createJournal(database);
  const desk = createLanguageDesk({
    ...{ host: { ...host, get: () => opening }, journal, clock: systemClock, events: createEventLog(0) },
    memory: { addSetups: () => {} },
    together: (work) => database.transaction(work)(),
    analyzer: {
      analyze: async ({ ref: { symbol } }) => {
        const language = { ...READING, generatedTokens: symbol === 'HALF' ? 0.5 : 1 };
        const content = contentOf(storedDecision({ symbol, judge: 'llm', language }));
        return { content, embedding: new Float32Array(768) };
      },
    },
    outcomes: { opinionRecords: () => ({ numeric: { n: 0, hits: 0 }, language: { n: 0, hits: 0 } }) },
    memoryText: async () => ({ ids: [], oldestFirst: [] }),
    settings: () => ({
      blind: true,
      temperature: 0,
      maxTokens: 512,
      vision: false,
      budgetMs: 60_000,
      budgetTokens: 200_000,
    }),
  });
  return { journal, desk };
}

it('whoever left before has nobody wait for what still waits', async () => {
  const { desk } = deskOf(new Promise(() => {}));
  const told: RunEvent[] = [];
  const task = { ref: { symbol: 'WHOLE' } } as Followed['task'];
  desk.follow({ decision: storedDecision({ symbol: 'WHOLE' }), task, tell: (event) => told.push(event) });
  await desk.idle(AbortSignal.abort());
  expect(told).toMatchObject([{ type: 'language', symbol: 'WHOLE' }]);
});

it('a decision that is not of its schema is neither stored nor told, and the next symbol has its second opinion', async () => {
  const { journal, desk } = deskOf();
  const told: RunEvent[] = [];
  for (const symbol of ['HALF', 'WHOLE']) {
    const task = { ref: { symbol } } as Followed['task'];
    desk.follow({ decision: storedDecision({ symbol }), task, tell: (event) => told.push(event) });
  }
  await desk.idle(new AbortController().signal);
  expect(told).toMatchObject([
    { type: 'language', symbol: 'HALF', sentence: expect.stringContaining('nothing stored was changed') },
    { type: 'decision', decision: { symbol: 'WHOLE', judge: 'llm' } },
  ]);
  const { decisions } = journal.list({ limit: 10, offset: 0 });
  expect(decisions.map(({ symbol }) => symbol)).toEqual(['WHOLE']);
  expect(Decision.safeParse(journal.get(decisions[0]!.id)).success).toBe(true);
});

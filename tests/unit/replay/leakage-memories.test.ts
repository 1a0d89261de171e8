import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { runToEnd, temporaryFolder, testEngine } from '../../support/engine.ts';
import { type FakeLlmServer, type LlmRequest, startFakeLlm } from '../../support/fake-llm-server.ts';
import { knowSinceWritten } from '../../support/memory.ts';
import { importBars, randomWalkCsv } from './support.ts';

const ANSWER = JSON.stringify({
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action: 'long', thesis: 'The closes rise.' },
  ...{ evidenceFor: ['They rise.'], evidenceAgainst: ['They stand high.'], invalidationPercent: -5 },
});
const NOTE = {
  ...{ kind: 'note', symbol: 'ONE', title: 'a zeppelin', text: 'The zeppelin of 1990 was sold at a gain.' },
  knownAt: '1990-05-01T00:00:00.000Z',
};

let server: FakeLlmServer;
let engine: Engine;
beforeAll(async () => {
  server = await startFakeLlm({ answers: [ANSWER] });
  // doubt of False 0.25 against True 0.7 never ends a round, so that each decision has every round there is
  const env = { LLM_BACKEND: 'local', OLLAMA_BASE_URL: server.address, BLIND_MODE: 'off', MAX_REFINEMENTS: '3' };
  const dataDir = temporaryFolder('leakage-memories');
  engine = await testEngine({ dataDir, env: { BRAINNET_LOG: 'silent', ...env } });
  await importBars(engine, 'ONE', randomWalkCsv(700, 1));
  await engine.client.memory.import({ content: JSON.stringify(NOTE) });
  knowSinceWritten(dataDir);
});
afterAll(async () => {
  await engine.close();
  server.stop();
});

const isResearch = ({ body }: LlmRequest) => body.response_format !== undefined;
/** The lines of a question's data: the pack of the setup, then a memory each. */
const dataOf = ({ body }: LlmRequest): unknown[] => {
  const [, slot] = /<data>\n([\s\S]*?)\n<\/data>/.exec(String(body.messages!.at(-1)!.content))!;
  return slot!.split('\n').map((line) => JSON.parse(line));
};
const researched = async () => (await server.asked()).filter(isResearch).map(dataOf);

it('a language model that is tested for leakage is told no memory in any round, though live it is', async () => {
  await runToEnd(engine, { symbols: [{ symbol: 'ONE', source: 'csv' }], language: 'wait' });
  const live = await researched();
  expect(live.length).toBeGreaterThan(1);
  expect(JSON.stringify(live[0])).not.toContain('zeppelin');
  for (const data of live.slice(1)) expect(data.slice(1).join(' ')).toContain('zeppelin');

  const request = {
    symbols: [{ symbol: 'ONE', source: 'csv' as const }],
    judge: 'language' as const,
    windows: 4,
    seed: 0,
  };
  const ends: string[] = [];
  for await (const event of await engine.client.replay.leakage(request)) ends.push(event.type);
  expect(ends.at(-1)).toBe('result');
  const tested = await researched();
  // more than one round for each of four variants of four windows
  expect(tested.length).toBeGreaterThan(4 * 4);
  for (const data of tested) expect(data).toHaveLength(1);
});

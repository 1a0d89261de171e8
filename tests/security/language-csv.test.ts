import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import type { CsvOptions } from '../../shared/domain/index.ts';
import { runToEnd, testEngine } from '../support/engine.ts';
import { type FakeLlmServer, type LlmRequest, startFakeLlm } from '../support/fake-llm-server.ts';
import { INJECTIONS } from '../unit/agents/injections.ts';
import { randomWalkCsv } from '../unit/replay/support.ts';

const ANSWER = JSON.stringify({
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action: 'long', thesis: 'The closes rise.' },
  ...{ evidenceFor: ['They rise.'], evidenceAgainst: ['They stand high.'], invalidationPercent: -5 },
});
const [, ...ROWS] = randomWalkCsv(120, 1).split('\n');
/** As CSV writes a text of any kind. */
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const file = (titles: string, more = '') => [titles, ...ROWS.map((row) => `${row}${more}`)].join('\n');

/** A title of two lines, or with a NUL in it, is none of a CSV file's. */
const isRefused = (text: string) => /[\0\n]/.test(text);

let server: FakeLlmServer;
let engine: Engine;
let plain: LlmRequest['body'][];
beforeAll(async () => {
  server = await startFakeLlm({ answers: [ANSWER] });
  const env = { LLM_BACKEND: 'local', OLLAMA_BASE_URL: server.address, BLIND_MODE: 'off', MAX_REFINEMENTS: '1' };
  engine = await testEngine({ env: { BRAINNET_LOG: 'silent', ...env } });
  const bars = file('Date,Open,High,Low,Close,Volume');
  // the first is asked besides what a server is asked once
  await askedOf(bars);
  plain = (await askedOf(bars))!;
});
afterAll(async () => {
  await engine.close();
  server.stop();
});

/** What the language model is asked about a file; null where the file is refused. */
async function askedOf(content: string, options?: CsvOptions, fileName = 'bars.csv') {
  const input = { symbol: 'FILE', interval: '1d' as const, fileName, content, ...(options && { options }) };
  const report = await engine.client.market.importBars(input).catch(() => null);
  if (!report) return null;
  await server.asked();
  const events = await runToEnd(engine, { symbols: [{ symbol: 'FILE', source: 'csv' }], language: 'wait' });
  const judges = events.flatMap((event) => (event.type === 'decision' ? [event.decision.judge] : []));
  expect(judges).toEqual(['numeric', 'llm']);
  return (await server.asked()).map(({ body }) => body);
}

describe('what a CSV file says beside its bars never reaches the language model', () => {
  it('which is asked about the bars of a plain file, by their name', () => {
    expect(plain.length).toBeGreaterThan(4);
    expect(JSON.stringify(plain)).toContain('FILE');
  });

  it('in the title and the cells of a column that is not used', async () => {
    const taken: string[] = [];
    for (const text of INJECTIONS) {
      const asked = await askedOf(file(`Date,Open,High,Low,Close,Volume,${cell(text)}`, `,${cell(text)}`));
      if (!asked) continue;
      taken.push(text);
      expect(asked, text).toEqual(plain);
    }
    expect(INJECTIONS.filter((text) => !taken.includes(text))).toEqual(INJECTIONS.filter(isRefused));
  }, 180_000);

  it('in the title of the very column of closes, and in the name of the file', async () => {
    const taken: string[] = [];
    for (const text of INJECTIONS) {
      const titles = `Date,Open,High,Low,${cell(text)},Volume`;
      const columns = { date: '1', open: '2', high: '3', low: '4', close: '5', volume: '6' };
      const asked = await askedOf(file(titles), { columns, header: true }, `${text.slice(0, 60)}.csv`);
      if (!asked) continue;
      taken.push(text);
      expect(asked, text).toEqual(plain);
    }
    expect(INJECTIONS.filter((text) => !taken.includes(text))).toEqual(INJECTIONS.filter(isRefused));
  }, 180_000);
});

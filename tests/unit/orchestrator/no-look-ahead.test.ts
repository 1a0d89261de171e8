import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf } from '../../../electron/engine/decision/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import { canonicalJson } from '../../../electron/engine/platform/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { decide, sampleCsv, seeded, temporaryFolder, testEngine } from '../../support/engine.ts';

const PAIRS = 200;
const FILES = ['AAPL', 'IBM', 'MSFT', 'GOOG', 'FB', 'GSPC', 'IXIC'];
const bytes = (decision: Decision): string => canonicalJson(contentOf(decision));

/** The file up to and with the last row dated on or before `date`. */
function cutAt(text: string, date: string): string {
  const [header, ...rows] = text.trimEnd().split('\n');
  return [header, ...rows.filter((row) => row.slice(0, 10) <= date)].join('\n');
}

const importBars = (engine: Engine, symbol: string, content: string) =>
  engine.client.market.importBars({ symbol, interval: '1d', fileName: `${symbol}.csv`, content });

/** With a horizon of its own a decision has a memory of its own: what other decisions came to depends on which files there were. */
const decideOn = async (engine: Engine, symbol: string, horizonBars: number, asOf?: string): Promise<Decision> => {
  const symbols = [{ symbol, source: 'csv' as const }];
  const [decision] = await decide(engine, { symbols, horizonBars, ...(asOf ? { asOf } : {}) });
  return decision!;
};

describe('nothing looks ahead', () => {
  let whole: Engine;
  let cut: Engine;
  beforeAll(async () => {
    [whole, cut] = await Promise.all([testEngine(), testEngine()]);
    for (const name of FILES) await importBars(whole, name, sampleCsv(name));
  });
  afterAll(() => Promise.all([whole.close(), cut.close()]));

  it(`${PAIRS} random (symbol, as-of) pairs: the whole file and the file cut there decide the same, byte for byte`, async () => {
    const random = seeded(20121231);
    const actions = new Set<string>();
    for (let pair = 0; pair < PAIRS; pair++) {
      const name = FILES[Math.floor(random() * FILES.length)]!;
      const text = sampleCsv(name);
      const rows = text.trimEnd().split('\n').slice(1);
      const at = 64 + Math.floor(random() * (rows.length - 64));
      const asOf = rows[at]!.slice(0, 10);
      await importBars(cut, name, cutAt(text, asOf));
      const fromWhole = await decideOn(whole, name, 1 + pair, asOf);
      const fromCut = await decideOn(cut, name, 1 + pair, pair % 2 === 0 ? asOf : undefined);
      expect(bytes(fromCut)).toBe(bytes(fromWhole));
      expect(fromWhole.lastBarDate).toBe(asOf);
      actions.add(fromWhole.action);
    }
    expect([...actions].sort()).toEqual(['hold', 'long', 'short']);
  }, 300_000);

  let last = PAIRS;
  it.each([2, 3, 7, 0.9876])(
    'a later split or dividend, which divides every earlier adjusted close by %d, changes no decision dated before it',
    async (by) => {
      const rebased = sampleCsv('AAPL').replace(
        /^(\d{4}-\d\d-\d\d,[^,]+,[^,]+,[^,]+,[^,]+),([^,]+),/gm,
        (_, row, adjusted) => `${row},${Number(adjusted) / by},`,
      );
      expect(rebased).not.toBe(sampleCsv('AAPL'));
      await importBars(cut, 'AAPL', rebased);
      for (const asOf of ['2000-06-20', '2003-05-14', '2005-02-25', '2009-01-20']) {
        const horizon = ++last;
        const fromWhole = await decideOn(whole, 'AAPL', horizon, asOf);
        expect(bytes(await decideOn(cut, 'AAPL', horizon, asOf))).toBe(bytes(fromWhole));
      }
    },
  );

  it('the same input twice gives the same output, with the cache and without', async () => {
    const dataDir = temporaryFolder();
    const hashes: string[][] = [];
    for (const _ of [1, 2]) {
      const engine = await testEngine({ dataDir });
      for (const __ of [1, 2])
        hashes.push((await decide(engine, { watchlist: 'samples' })).map((decision) => decision.contentHash));
      await engine.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(path.join(dataDir, `cache.db${suffix}`), { force: true });
    }
    expect(hashes[0]).toHaveLength(7);
    for (const other of hashes.slice(1)) expect(other).toEqual(hashes[0]);
  });
});

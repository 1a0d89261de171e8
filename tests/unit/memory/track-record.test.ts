import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { importBars, randomWalkCsv, replayToEnd } from '../replay/support.ts';

let engine: Engine | null = null;
afterEach(() => engine?.close());

it('a track record counts a move once: as many setups as lie apart, and an interval for so many', async () => {
  const dataDir = temporaryFolder('track');
  engine = await testEngine({ dataDir });
  await importBars(engine, 'ONE', randomWalkCsv(400, 9));
  const symbols = [{ symbol: 'ONE', source: 'csv' as const }];
  await replayToEnd(engine, { symbols, stepBars: 2 });
  const [live] = await decide(engine, { symbols });
  const record = live!.trackRecord!;
  const database = new BetterSqlite3(path.join(dataDir, 'journal.db'), { readonly: true });
  const ids = live!.provenance.memoryIds.filter((id) => id.startsWith('d-'));
  const trip = database.prepare('SELECT begins, known_at AS ends FROM outcomes WHERE decision_id = ?');
  const trips = ids.map((id) => trip.get(id) as { begins: number; ends: number }).sort((a, b) => a.begins - b.begins);
  database.close();
  for (const [i, { ends }] of trips.slice(0, -1).entries()) expect(trips[i + 1]!.begins).toBeGreaterThanOrEqual(ends);
  expect([record.n, trips.length > 3]).toEqual([ids.length, true]);
  // Wilson's interval by hand
  const [z2, p] = [1.96 ** 2, record.hits / record.n];
  const half = (1.96 * Math.sqrt((p * (1 - p)) / record.n + z2 / (4 * record.n ** 2))) / (1 + z2 / record.n);
  expect(record.high - record.low).toBeCloseTo(2 * half, 3);
}, 120_000);

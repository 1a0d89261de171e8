import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import type { FinetuneState } from '../../shared/domain/index.ts';
import { decide, temporaryFolder, testEngine } from '../support/engine.ts';
import { madeCsv } from '../unit/vision/finetune/service.ts';

/** Eight years, so that 22 blocks of time lie in the validation: with the 12 of four years an edge this wide may pass for noise. */
async function finetune(engine: Engine, symbol: string, dryRun: boolean): Promise<FinetuneState> {
  const { models } = engine.client;
  await models.finetune.start({ symbols: [{ symbol }], from: '2010-01-01', to: '2017-12-31', dryRun });
  for await (const { status } of await models.finetune.follow()) if (status !== 'running') break;
  return (await models.finetune.state())!;
}

it('the real network learns a planted rule, decides by it, replays, rolls back, and refuses an altered file by name', async () => {
  const dataDir = temporaryFolder('finetune');
  const engine = await testEngine({ dataDir });
  const { client } = engine;
  await engine.importCsv({ symbol: 'SWING', fileName: 'swing.csv', content: madeCsv(3100, 'swing') });
  const [before] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2017-09-30' });
  expect(before!.provenance.modelHashes.heads).toBeUndefined();
  expect(before!.sampleStatus).toBe('out');

  const tried = await finetune(engine, 'SWING', true);
  expect(tried.result?.heads.find(({ head }) => head === 'direction')?.better).toBe(true);
  expect(readdirSync(dataDir)).not.toContain('heads');
  const { result } = await finetune(engine, 'SWING', false);
  const { versions, inForce } = await client.models.heads.list();
  expect(inForce).toBe(result!.version);

  const [inside] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2017-09-30' });
  const [again] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2017-09-30' });
  const [after] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2018-01-02' });
  expect([inside!.sampleStatus, after!.sampleStatus]).toEqual(['training', 'out']);
  expect(inside!.provenance.modelHashes.heads).toBe(versions[0]!.sha256);
  expect(again!.provenance).toEqual(inside!.provenance);
  expect(again!.rounds[0]).toEqual(inside!.rounds[0]);
  expect(inside!.rounds[0]!.added[0]!.reading).not.toEqual(before!.rounds[0]!.added[0]!.reading);
  const info = await client.models.convnext({ symbol: 'SWING', source: 'csv', interval: '1d' });
  expect([info.trainedThrough, info.trainedSymbols.includes('SWING')]).toEqual(['2017-12-31', true]);

  await client.models.heads.rollback();
  const [back] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2017-09-30' });
  expect(back!.rounds[0]).toEqual(before!.rounds[0]);
  await client.models.heads.use({ id: inForce! });
  await engine.close();

  const file = path.join(dataDir, 'heads', `${inForce}.json`);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"scale":', '"scale":1'));
  const later = await testEngine({ dataDir });
  expect(later.notices.join()).toContain(`${inForce}.json are not used`);
  const [standIn] = await decide(later, { symbols: [{ symbol: 'SWING' }], asOf: '2017-09-30' });
  expect(standIn!.provenance.modelHashes.heads).toBeUndefined();
  expect(standIn!.rounds[0]).toEqual(before!.rounds[0]);
  await later.close();
}, 300_000);

it('keeps the old forecast heads where nothing tells the next bars: on a random walk', async () => {
  const engine = await testEngine();
  await engine.importCsv({ symbol: 'WALK', fileName: 'walk.csv', content: madeCsv(3100, 'walk') });
  const { result } = await finetune(engine, 'WALK', true);
  const forecasts = result!.heads.filter(({ head }) => head !== 'regime');
  expect(forecasts.map(({ head, better }) => [head, better])).toEqual([
    ['direction', false],
    ['volatility', false],
  ]);
  expect(result!.blocks).toBeGreaterThanOrEqual(20);
  await engine.close();
}, 300_000);

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import type { FinetuneState } from '../../shared/domain/index.ts';
import { decide, temporaryFolder, testEngine } from '../support/engine.ts';
import { swingCsv } from '../unit/vision/finetune/service.ts';

async function finetune(engine: Engine, dryRun: boolean): Promise<FinetuneState> {
  const { models } = engine.client;
  await models.finetune.start({ symbols: [{ symbol: 'SWING' }], from: '2010-01-01', to: '2014-06-30', dryRun });
  for await (const { status } of await models.finetune.follow()) if (status !== 'running') break;
  return (await models.finetune.state())!;
}

it('the real network learns a planted rule, decides by it, replays, rolls back, and refuses an altered file by name', async () => {
  const dataDir = temporaryFolder('finetune');
  const engine = await testEngine({ dataDir });
  const { client } = engine;
  await engine.importCsv({ symbol: 'SWING', fileName: 'swing.csv', content: swingCsv(1800) });
  const [before] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2014-03-31' });
  expect(before!.provenance.modelHashes.heads).toBeUndefined();
  expect(before!.sampleStatus).toBe('out');

  const tried = await finetune(engine, true);
  expect(tried.result?.heads.find(({ head }) => head === 'direction')?.better).toBe(true);
  expect(readdirSync(dataDir)).not.toContain('heads');
  const { result } = await finetune(engine, false);
  const { versions, inForce } = await client.models.heads.list();
  expect(inForce).toBe(result!.version);

  const [inside] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2014-03-31' });
  const [again] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2014-03-31' });
  const [after] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2014-07-01' });
  expect([inside!.sampleStatus, after!.sampleStatus]).toEqual(['training', 'out']);
  expect(inside!.provenance.modelHashes.heads).toBe(versions[0]!.sha256);
  expect(again!.provenance).toEqual(inside!.provenance);
  expect(again!.rounds[0]).toEqual(inside!.rounds[0]);
  expect(inside!.rounds[0]!.added[0]!.reading).not.toEqual(before!.rounds[0]!.added[0]!.reading);
  const info = await client.models.convnext();
  expect([info.trainedThrough, info.trainedSymbols.includes('SWING')]).toEqual(['2014-06-30', true]);

  await client.models.heads.rollback();
  const [back] = await decide(engine, { symbols: [{ symbol: 'SWING' }], asOf: '2014-03-31' });
  expect(back!.rounds[0]).toEqual(before!.rounds[0]);
  await client.models.heads.use({ id: inForce! });
  await engine.close();

  const file = path.join(dataDir, 'heads', `${inForce}.json`);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"scale":', '"scale":1'));
  const later = await testEngine({ dataDir });
  expect(later.notices.join()).toContain(`${inForce}.json are not used`);
  const [standIn] = await decide(later, { symbols: [{ symbol: 'SWING' }], asOf: '2014-03-31' });
  expect(standIn!.provenance.modelHashes.heads).toBeUndefined();
  expect(standIn!.rounds[0]).toEqual(before!.rounds[0]);
  await later.close();
}, 300_000);

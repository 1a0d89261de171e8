import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/index.ts';
import { composeVersion } from '../../../../electron/engine/vision/finetune/compose-version.ts';
import { openHeadsStore } from '../../../../electron/engine/vision/finetune/heads-store.ts';
import { readModelInfo } from '../../../../electron/engine/vision/index.ts';
import { runCli } from '../../../support/cli.ts';
import { decide, temporaryFolder, testEngine } from '../../../support/engine.ts';
import { trained, versionInput } from './versions.ts';

const SHIPPED = readModelInfo('models/model-card.json', 'models/convnext-tiny-gaf.onnx');
const dataDir = temporaryFolder('governed');
const heads = path.join(dataDir, 'heads');
const GOOG = { symbol: 'GOOG', source: 'samples' as const, interval: '1d' as const };
const TOLD = 'heads fine-tuned on GOOG 1d, validated through 2011-11-30';
const version = composeVersion(
  versionInput({
    base: SHIPPED.sha256,
    dims: SHIPPED.embeddingLength,
    trained: trained(1, undefined, SHIPPED.embeddingLength),
  }),
);
let engine: Engine;

beforeAll(async () => {
  openHeadsStore(heads, SHIPPED.sha256).keep(version);
  engine = await testEngine({ dataDir });
});
afterAll(() => engine.close());

const at = { asOf: '2012-06-29' };
const reproduce = (id: string) => engine.client.replay.decision({ id });

describe('fine-tuned heads in force', () => {
  it('read the symbol and interval they were validated on, and the decision says so', async () => {
    const [own] = await decide(engine, { symbols: [GOOG], ...at });
    const { sha256 } = (await engine.client.models.heads.list()).versions[0]!;
    expect(own!.heads).toMatchObject({
      id: version.id,
      sha256,
      symbol: 'GOOG',
      interval: '1d',
      validatedThrough: '2011-11-30',
    });
    expect(own!.rounds[0]!.added[0]!.heads).toBe(version.id);
    expect(own!.provenance.modelHashes.heads).toBe(sha256);
    const kinds = own!.rounds.flatMap(({ added }) => added.filter((look) => look.heads).map(({ kind }) => kind));
    expect(kinds.every((kind) => kind === 'window' || kind === 'earlier')).toBe(true);
    expect(await reproduce(own!.id)).toMatchObject({ identical: true, notes: [] });
  });

  it.each([
    ['another symbol', { symbol: 'MSFT', source: 'samples' as const, interval: '1d' as const }],
    ['another interval', { symbol: 'GOOG', source: 'samples' as const, interval: '1wk' as const }],
  ])('leave %s to the shipped heads', async (_, ref) => {
    const [other] = await decide(engine, { symbols: [ref], ...at });
    expect(other!.heads).toBeUndefined();
    expect(Object.keys(other!.provenance.modelHashes)).toEqual(['convnext', 'reference']);
    expect(other!.rounds.every(({ added }) => added.every((look) => look.heads === undefined))).toBe(true);
    expect(await engine.client.models.convnext(ref)).toEqual(SHIPPED);
    expect((await engine.client.analysis.reading({ ...ref, ...at })).headsNote).toBe('shipped heads');
  });

  it('stand beside the reading with what they were validated on, and have a card of their own', async () => {
    const reading = await engine.client.analysis.reading({ ...GOOG, ...at });
    expect([reading.heads?.id, reading.headsNote]).toEqual([version.id, TOLD]);
    const card = await engine.client.models.convnext(GOOG);
    expect([card.tuned?.id, card.trainedThrough]).toEqual([version.id, '2011-12-31']);
    expect((await engine.client.models.convnext()).trainedThrough).toBe(SHIPPED.trainedThrough);
  });

  it('come back for a decision that they read, whatever is in force when it is made again', async () => {
    const [own] = await decide(engine, { symbols: [GOOG], ...at });
    await engine.client.models.heads.use({ id: 'shipped' });
    expect(await reproduce(own!.id)).toMatchObject({ identical: true });
    const [shipped] = await decide(engine, { symbols: [GOOG], ...at });
    expect(shipped!.heads).toBeUndefined();
    expect(shipped!.rounds[0]!.added[0]!.reading).not.toEqual(own!.rounds[0]!.added[0]!.reading);
    await engine.client.models.heads.use({ id: version.id });
    expect(await reproduce(shipped!.id)).toMatchObject({ identical: true });
  });
});

describe('on the command line', () => {
  const cli = (...args: string[]) => runCli([...args, '--json', '--data-dir', dataDir]);

  it('convnext and convnext-info say which heads read; without the file that chose them, that none is in force', async () => {
    await engine.close();
    const own = await cli('convnext', '--symbol', 'GOOG', '--as-of', '2012-06-29');
    expect(own.lines().at(-1)).toMatchObject({ headsNote: TOLD, heads: { id: version.id } });
    const text = await runCli(['convnext', '--symbol', 'MSFT', '--as-of', '2012-06-29', '--data-dir', dataDir]);
    expect(text.stdout).toContain('Read by shipped heads');
    const info = await runCli(['convnext-info', '--data-dir', dataDir]);
    expect(info.stdout).toContain(
      'regime, direction and volatility on GOOG 1d (samples), validated through 2011-11-30',
    );
    expect(info.stdout).toContain('every other symbol, interval and head is read by the shipped heads');

    rmSync(path.join(heads, 'in-force.json'));
    const lost = await cli('convnext', '--symbol', 'GOOG', '--as-of', '2012-06-29');
    expect(lost.lines().at(-1)).toMatchObject({ heads: null });
    expect(JSON.stringify(lost.lines().at(-1)!.headsNote)).toMatch(
      /^"shipped heads\. .*in-force\.json are not used: it is missing/,
    );
    const checks = await cli('doctor');
    expect(JSON.stringify(checks.lines())).toContain('in-force.json are not used: it is missing');
    engine = await testEngine({ dataDir });
    expect(engine.notices.join()).toContain('none is in force');
  });
});

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { composeVersion } from '../../../../electron/engine/vision/finetune/compose-version.ts';
import type { Finetune } from '../../../../electron/engine/vision/index.ts';
import type { FinetuneState } from '../../../../shared/domain/index.ts';
import { temporaryFolder } from '../../../support/engine.ts';
import { bench, networkFor, REQUEST, withHeads } from './service.ts';
import { versionInput } from './versions.ts';

let dir: string;
beforeEach(() => {
  dir = path.join(temporaryFolder('finetune'), 'heads');
});

async function toEnd(finetune: Finetune): Promise<FinetuneState[]> {
  const states: FinetuneState[] = [];
  for await (const state of finetune.follow()) states.push(state);
  return states;
}

describe('fine-tuning on series with a rule in them', () => {
  it('finds it, keeps the head, and calls what it was fitted on in sample', async () => {
    const { finetune, store, network } = bench(dir, 'swing');
    finetune.start(REQUEST);
    const states = await toEnd(finetune);
    const { result, status } = states.at(-1)!;
    expect(status).toBe('done');
    const direction = result!.heads.find(({ head }) => head === 'direction')!;
    expect(direction.better).toBe(true);
    expect(direction.gain.low).toBeGreaterThan(0);
    expect(direction.fresh.accuracy).toBeGreaterThan(direction.shares.accuracy + 0.1);
    expect(store.list().inForce).toBe(result!.version);
    const all = withHeads(network, store.inForce());
    const tuned = networkFor(all, { symbol: 'ONE', source: 'csv', interval: '1d' });
    expect(
      store
        .list()
        .versions[0]!.governs.map(({ head, symbol, source, interval }) => `${head} ${symbol} ${source} ${interval}`),
    ).toEqual(expect.arrayContaining(['direction ONE csv 1d', 'direction TWO csv 1d', 'direction THREE csv 1d']));
    expect(result!.sentence).toContain('for ONE, TWO and THREE 1d (csv) and nothing else');
    expect(networkFor(all, { symbol: 'FOUR', source: 'csv', interval: '1d' }).heads).toBeUndefined();
    expect(networkFor(all, { symbol: 'ONE', source: 'csv', interval: '1wk' }).heads).toBeUndefined();
    const last = new Date(Date.UTC(2010, 0, 1) + 2399 * 86_400_000).toISOString().slice(0, 10);
    expect(tuned.heads!.trainedThrough).toBe(last);
    expect(tuned.heads!.validatedThrough <= last && tuned.heads!.validatedThrough > '2016').toBe(true);
    expect(tuned.sampleStatus('ONE', Date.UTC(2012, 0, 1))).toBe('training');
    expect(tuned.sampleStatus('ONE', Date.UTC(2030, 0, 1))).toBe('out');
    expect(new Set(states.map(({ stage }) => stage))).toEqual(new Set(['bars', 'features', 'fitting']));
    await finetune.close();
  });

  it('as a dry run says that it would be kept, and writes nothing; to keep it takes no second fit', async () => {
    const { finetune, store } = bench(dir, 'swing');
    finetune.start({ ...REQUEST, dryRun: true });
    const { result } = (await toEnd(finetune)).at(-1)!;
    expect(result).toMatchObject({ version: null, dryRun: true });
    expect(result!.sentence).toMatch(/^Dry run: .*direction.* would be kept; nothing was stored\.$/);
    expect(existsSync(dir)).toBe(false);
    expect(store.inForce()).toBe(null);

    finetune.start(REQUEST);
    const states = await toEnd(finetune);
    expect(states.at(-1)!.result!.heads).toEqual(result!.heads);
    expect(states.some(({ stage }) => stage === 'fitting')).toBe(false);
    expect(store.inForce()!.content.heads.find(({ head }) => head === 'direction')).toBeDefined();
  });

  it('reads nothing later than it may: the same heads whether or not the bars go on', async () => {
    const to = '2015-12-31';
    const whole = bench(dir, 'swing');
    whole.finetune.start({ ...REQUEST, to });
    const longer = (await toEnd(whole.finetune)).at(-1)!.result!;
    const cut = bench(path.join(dir, 'cut'), 'swing', {
      bars: (Date.UTC(2016, 0, 1) - Date.UTC(2010, 0, 1)) / 86_400_000,
    });
    cut.finetune.start(REQUEST);
    const shorter = (await toEnd(cut.finetune)).at(-1)!.result!;
    expect(longer.heads).toEqual(shorter.heads);
    expect(whole.store.inForce()!.content.heads).toEqual(cut.store.inForce()!.content.heads);
    expect(whole.store.inForce()!.content.trainedThrough).toBe(to);
  });

  it('does not validate heads in force on what they were fitted on', async () => {
    const { finetune } = bench(dir, 'swing');
    finetune.start(REQUEST);
    await toEnd(finetune);
    finetune.start(REQUEST);
    const { status, error } = (await toEnd(finetune)).at(-1)!;
    expect([status, error?.code]).toEqual(['failed', 'TOO_FEW_WINDOWS']);
    expect(error?.sentence).toMatch(/at least 10 .* give 0/);
  });
});

it('fine-tuning is refused before it begins while it is not known which heads were in force', async () => {
  bench(dir, 'swing').store.keep(composeVersion(versionInput()));
  writeFileSync(path.join(dir, 'in-force.json'), '{');
  const { finetune, store } = bench(dir, 'swing');
  expect(() => finetune.start(REQUEST)).toThrow(/in-force\.json .*finetune use ID, or use shipped/);
  expect(finetune.state()).toBe(null);
  store.use('shipped');
  finetune.start(REQUEST);
  finetune.cancel();
  await finetune.close();
});

describe('fine-tuning on a random walk', () => {
  it('keeps the old direction head and says so with the interval', async () => {
    const { finetune } = bench(dir, 'walk');
    finetune.start(REQUEST);
    const { result } = (await toEnd(finetune)).at(-1)!;
    const direction = result!.heads.find(({ head }) => head === 'direction')!;
    expect(direction.better).toBe(false);
    expect(direction.sentence).toMatch(/^Kept the old direction head: .* \[-?\d\.\d{3}, -?\d\.\d{3}\] nats/);
  });
});

describe('a run under way', () => {
  it.each(['features', 'fitting'] as const)('is cancelled while %s and leaves the old heads', async (stage) => {
    const { finetune, store } = bench(dir, 'swing', { delayMs: stage === 'features' ? 20 : 0 });
    finetune.start(REQUEST);
    for await (const state of finetune.follow()) if (state.stage === stage && finetune.cancel()) break;
    expect((await toEnd(finetune)).at(-1)).toMatchObject({ status: 'cancelled', result: null });
    expect(store.inForce()).toBe(null);
    expect(existsSync(dir) ? readdirSync(dir) : []).toEqual([]);
  });

  it('refuses a second one, and ends with the engine', async () => {
    const { finetune } = bench(dir, 'swing', { delayMs: 20 });
    finetune.start(REQUEST);
    expect(() => finetune.start(REQUEST)).toThrow('under way');
    await finetune.close();
    expect(finetune.state()?.status).toBe('cancelled');
    expect(() => finetune.start(REQUEST)).toThrow('closing');
  });

  it('fails by name on too few bars', async () => {
    const { finetune } = bench(dir, 'swing', { bars: 500 });
    finetune.start(REQUEST);
    expect((await toEnd(finetune)).at(-1)!.error).toMatchObject({ code: 'TOO_FEW_WINDOWS' });
  });
});

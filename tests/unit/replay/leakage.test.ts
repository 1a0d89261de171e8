import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { type Compared, measure } from '../../../electron/engine/replay/leakage/measure.ts';
import { variantOf } from '../../../electron/engine/replay/leakage/variants.ts';
import type { LeakageResult } from '../../../shared/domain/index.ts';
import { runCli } from '../../support/cli.ts';
import { seeded, temporaryFolder, testEngine } from '../../support/engine.ts';
import { importBars, randomWalkCsv } from './support.ts';

let engine: Engine;
let dataDir: string;

beforeAll(async () => {
  dataDir = temporaryFolder('leakage');
  engine = await testEngine({ dataDir });
  await importBars(engine, 'ONE', randomWalkCsv(600, 1));
});
afterAll(() => engine.close());

async function test(seed: number): Promise<LeakageResult> {
  const symbols = [{ symbol: 'ONE', source: 'csv' as const }];
  for await (const event of await engine.client.replay.leakage({ symbols, windows: 20, seed }))
    if (event.type === 'result') return event.result;
  throw new Error('no result');
}

describe('the leakage test', () => {
  it('measures that the numeric judge decides just the same without symbol and dates, and at another scale', async () => {
    const result = await test(0);
    expect(result).toMatchObject({ judge: 'numeric', windows: 20 });
    for (const variant of result.variants.filter(({ name }) => name !== 'perturbed'))
      expect(variant).toMatchObject({
        actionDiffers: { value: 0 },
        leanDiffers: { value: 0 },
        hitDifference: { value: 0 },
      });
    expect(result.actions.long + result.actions.short + result.actions.hold).toBe(20);
  });

  it('is stored with the name of its judge, gives the same with the same seed, and stores no decision', async () => {
    const again = await test(0);
    const tests = await engine.client.replay.leakageTests();
    expect(tests.map(({ judge }) => judge)).toEqual(['numeric', 'numeric']);
    expect({ ...tests[1], at: '' }).toEqual({ ...again, at: '' });
    expect((await engine.client.decisions.list({ origin: 'both' })).total).toBe(0);
  });

  it('runs from the command line', async () => {
    await engine.close();
    const args = ['replay', '--symbol', 'ONE', '--leakage-test', '--windows', '20', '--json', '--data-dir', dataDir];
    const { code, lines } = await runCli(args);
    expect([code, lines().at(-1)]).toMatchObject([0, { type: 'leakage', judge: 'numeric' }]);
    engine = await testEngine({ dataDir });
  });
});

describe('what the variants change', () => {
  const series = async () => engine.client.market.series({ symbol: 'ONE', source: 'csv' });

  it('hidden keeps prices and weekdays; rescaled keeps returns; perturbed moves prices by about a tenth of a step', async () => {
    const view = await series();
    const [time, close] = [Float64Array.from(view.time), Float64Array.from(view.close)];
    const bars = {
      ...view,
      time,
      close,
      open: null,
      high: null,
      low: null,
      volume: null,
      marks: [],
      asOf: time.at(-1)!,
    };
    const of = (name: 'hidden' | 'rescaled' | 'perturbed') => variantOf(bars as never, name, seeded(1));
    const hidden = of('hidden');
    expect(hidden.symbol).toBe('HIDDEN');
    expect(Array.from(hidden.close)).toEqual(Array.from(close));
    hidden.time.forEach((ms, i) => {
      const [was, is] = [new Date(time[i]!), new Date(ms)];
      expect([is.getUTCFullYear(), is.getUTCMonth(), is.getUTCDate(), is.getUTCDay()]).toEqual([
        was.getUTCFullYear() - 28,
        was.getUTCMonth(),
        was.getUTCDate(),
        was.getUTCDay(),
      ]);
    });
    const scaled = of('rescaled').close;
    const factor = scaled[0]! / close[0]!;
    scaled.forEach((price, i) => void expect(price / close[i]!).toBeCloseTo(factor, 12));
    const steps = Array.from(close.slice(-64), (price, i) => Math.log(price / close.at(-65 + i)!));
    const deviation = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    const noise = Array.from(of('perturbed').close, (price, i) => Math.log(price / close[i]!));
    expect(deviation(noise) / deviation(steps)).toBeGreaterThan(0.09);
    expect(deviation(noise) / deviation(steps)).toBeLessThan(0.11);
  });

  it('a judge that knows the past by its name is found out: other decisions and a lower hit rate once it is hidden', () => {
    const honest = { action: 'hold', side: 'long', won: true } as const;
    const windows: Compared[] = Array.from({ length: 100 }, (_, i) => ({
      shown: { action: 'long', side: 'long', won: i < 90 },
      hidden: i < 40 ? { action: 'short', side: 'short', won: false } : { action: 'long', side: 'long', won: i < 90 },
      rescaled: { action: 'long', side: 'long', won: i < 90 },
      perturbed: { ...honest, won: i < 90 },
    }));
    const { shownHitRate, variants } = measure('some', windows);
    expect(shownHitRate.value).toBe(0.9);
    const [hidden, rescaled, perturbed] = variants;
    expect(hidden).toMatchObject({
      actionDiffers: { value: 0.4 },
      leanDiffers: { value: 0.4 },
      hitRate: { value: 0.5 },
    });
    expect(hidden!.hitDifference.value).toBeCloseTo(-0.4, 12);
    // 40 times -1 and 60 times 0: variance 100/99 * 0.24, half width 1.96 sqrt(that / 100)
    expect(hidden!.hitDifference.high).toBeCloseTo(-0.4 + 1.96 * Math.sqrt(((100 / 99) * 0.24) / 100), 12);
    expect(rescaled!.hitDifference).toEqual({ value: 0, low: 0, high: 0 });
    expect(perturbed).toMatchObject({ actionDiffers: { value: 1 }, leanDiffers: { value: 0 } });
  });
});

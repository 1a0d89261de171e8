import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeVersion } from '../../electron/engine/vision/finetune/compose-version.ts';
import { openHeadsStore } from '../../electron/engine/vision/finetune/heads-store.ts';
import { readModelInfo } from '../../electron/engine/vision/index.ts';
import { ModelInfo } from '../../shared/domain/index.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFolder, testEngine } from '../support/engine.ts';
import { trained, versionInput } from '../unit/vision/finetune/versions.ts';
import { CARD_FILE, MODEL_FILE } from './support.ts';

const card = JSON.parse(readFileSync(CARD_FILE, 'utf8'));
const HEADS = ['regime', 'direction', 'volatility'] as const;

describe('the card as it is shown', () => {
  const info = ModelInfo.parse(readModelInfo(CARD_FILE, MODEL_FILE));

  it('sets every held-out figure of the network beside class prior, formula, logistic regression, trees and 1-D CNN', () => {
    const [heldOut] = info.measured;
    expect(heldOut).toMatchObject({ set: 'test_both', windows: card.metrics.sets.test_both.windows });
    const titles = heldOut!.methods.map(({ title }) => title);
    for (const word of ['this network', 'class prior', 'formula', 'logistic', 'trees', '1-D CNN']) {
      expect(titles.filter((title) => title.includes(word))).not.toEqual([]);
    }
    for (const { set, methods } of info.measured) {
      for (const { method, heads } of methods) {
        for (const [head, figures] of Object.entries(heads)) {
          const [value, low, high] = card.metrics.metrics[set][method][head].log_loss;
          expect(figures.logLoss).toEqual({ value, low, high });
        }
      }
    }
    expect(info.measured.map(({ set }) => set).sort()).toEqual(Object.keys(card.metrics.metrics).sort());
  });

  it('carries the reliability of every class, ten bins each', () => {
    expect(info.reliability?.set).toBe(card.reliability.set);
    for (const head of HEADS) {
      for (const name of card.classes[head]) {
        expect(info.reliability?.heads[head]?.[name]).toEqual(card.reliability.heads[head][name]);
        expect(info.reliability?.heads[head]?.[name]).toHaveLength(10);
      }
    }
  });
});

describe('convnext-info', () => {
  it('prints the whole card as JSON, the file verified, and opens no data folder', async () => {
    const dataDir = `${temporaryFolder()}/none`;
    const result = await runCli(['convnext-info', '--json', '--data-dir', dataDir]);
    expect(result.code).toBe(0);
    const { type, verified, headsInForce, governs, headsProblem, ...info } = result.lines()[0]!;
    expect([type, verified, headsInForce, governs, headsProblem]).toEqual(['model', true, null, [], null]);
    expect(ModelInfo.parse(info)).toEqual(info);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('says in words what a person needs: hash verified, symbols, verdicts, baselines, reliability', async () => {
    const { stdout } = await runCli(['convnext-info']);
    expect(stdout).toMatch(/SHA-256 [0-9a-f]{64}, verified/);
    expect(stdout).toContain(`through ${card.trainedThrough} of ${card.trainedSymbols.length} symbols: AAPL,`);
    expect(stdout).toMatch(/direction: No skill measured/);
    expect(stdout).toMatch(/^1-D CNN on the closes +0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]/m);
    const last = card.reliability.heads.regime.trending.at(-1);
    const rate = (100 * last.hitRate).toFixed(1);
    expect(stdout).toMatch(new RegExp(`^trending +0\\.9 to 1\\.0 +${last.n} .* ${rate} %`, 'm'));
  });
});

describe('convnext-info with fine-tuned heads in force', () => {
  const dataDir = temporaryFolder('info-heads');
  const version = composeVersion(
    versionInput({ base: card.export.fp16_stored.sha256, dims: 768, trained: trained(3, ['direction'], 768) }),
  );
  const file = path.join(dataDir, 'heads', `${version.id}.json`);
  const info = (...args: string[]) => runCli(['convnext-info', '--data-dir', dataDir, ...args]);

  it('names them, the series they read, and how the new head did; the shipped network stays as it was', async () => {
    openHeadsStore(path.join(dataDir, 'heads'), card.export.fp16_stored.sha256).keep(version);
    const { stdout } = await info();
    expect(stdout).toContain(`Fine-tuned heads in force: ${version.id}, fitted through 2011-12-31. They read:`);
    expect(stdout).toContain('\n  direction on GOOG 1d (samples), validated through 2011-11-30\nand nothing else:');
    expect(stdout).toContain('The new direction head beats the old one by 0.100 [0.050, 0.150] nats a window.');
    expect(stdout).toContain('direction: No skill measured');
    expect(stdout).toMatch(/regime: Describes the window/);
    expect(stdout).toContain(`through ${card.trainedThrough} of ${card.trainedSymbols.length} symbols: AAPL,`);
    expect((await info('--json')).lines()[0]).toMatchObject({
      ...{ headsInForce: version.id, headsProblem: null, trainedThrough: card.trainedThrough },
      governs: [
        { head: 'direction', symbol: 'GOOG', source: 'samples', interval: '1d', validatedThrough: '2011-11-30' },
      ],
    });
  });

  it('says by name which cannot be used, and shows the shipped card', async () => {
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -200));
    const { stdout, stderr } = await info();
    expect(stderr).toContain(`${version.id}.json`);
    expect(stdout).toContain('direction: No skill measured');
    expect(stdout).not.toContain('Fine-tuned');
  });
});

it('a reading on the command line carries the held-out rate of each class, and nothing where no skill was measured', async () => {
  const args = ['convnext', '--symbol', 'AAPL', '--source', 'samples', '--as-of', '2012-12-31', '--json'];
  const result = await runCli([...args, '--data-dir', temporaryFolder()]);
  const [line] = result.lines() as [
    { reading: Record<string, Record<string, number>>; heldOut: Record<string, Record<string, { n: number } | null>> },
  ];
  const p = line.reading.regime!.trending!;
  const bin = card.reliability.heads.regime.trending.find(
    ({ from, to }: { from: number; to: number }) => p >= from && (p < to || to === 1),
  );
  const expected = bin.n >= 30 ? { rate: bin.hitRate, n: bin.n } : null;
  expect(line.heldOut.regime!.trending).toEqual(expected && expect.objectContaining(expected));
  expect(line.heldOut.direction).toEqual({ bullish: null, bearish: null, neutral: null });
});

it('the engine tells whether the network is loaded, where it runs and how long its readings took', async () => {
  const engine = await testEngine();
  try {
    const before = await engine.client.models.network();
    expect(before).toEqual({ loaded: false, executionProvider: null, fallback: null, threads: null, latency: [] });
    await engine.client.analysis.reading({ symbol: 'IBM', source: 'samples', asOf: '2012-12-31' });
    const after = await engine.client.models.network();
    expect(after).toMatchObject({ loaded: true, threads: 2, latency: [{ together: 1, ms: expect.any(Number) }] });
  } finally {
    await engine.close();
  }
});

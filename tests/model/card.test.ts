import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../electron/engine/platform/index.ts';
import { sampleStatus } from '../../electron/engine/vision/index.ts';
import { CARD_FILE, MANIFEST_FILE, MODEL_FILE } from './support.ts';

type Interval = [number, number, number];
type Scores = Record<'accuracy' | 'macro_f1' | 'log_loss' | 'brier' | 'ece', Interval>;
interface Bin {
  from: number;
  to: number;
  n: number;
  meanProbability: number | null;
  hitRate: number | null;
  low: number;
  high: number;
  designEffect: number;
}
interface Skill {
  skilled: boolean;
  level: 'none' | 'unproven' | 'small' | 'strong';
  gainOverPrior: Interval;
  gainOverPriorAllHeldOut: Interval;
  bestBaseline: string;
  gainOverBestBaseline: Interval;
  pictureAdds: boolean;
  sentence: string;
}
interface Card {
  classes: Record<string, string[]>;
  skill: Record<string, Skill>;
  reliability: { windows: number; heads: Record<string, Record<string, Bin[]>> };
  metrics: {
    model: { sha256: string };
    metrics: Record<string, Record<string, Record<string, Scores>>>;
    gain_over: Record<string, Record<string, Record<string, Interval>>>;
    vs_prior: Record<string, Record<string, Record<string, Interval>>>;
  };
  export: Record<string, { bytes: number; sha256: string; test_both: { agreement_with_fp32: number[] } }>;
  trainedThrough: string;
  calibratedThrough: string;
  trainedSymbols: string[];
  symbolAliases: Record<string, string>;
  training_data: { held_out_symbols: string[] };
}

const HEADS = ['regime', 'direction', 'volatility'] as const;
const METHODS = ['convnext_tiny', 'cnn_1d', 'class_prior', 'logistic', 'boosted_trees'] as const;
const UNSEEN = ['test_time', 'test_symbol', 'test_both'] as const;
const card = JSON.parse(readFileSync(CARD_FILE, 'utf8')) as Card;
const figures = (set: string, model: string, head: string) => card.metrics.metrics[set]![model]![head]!;
const text = readFileSync(path.join(path.dirname(CARD_FILE), 'MODEL_CARD.md'), 'utf8');

describe('the evaluation on the card', () => {
  it('is of the weights that are shipped', () => {
    const shipped = sha256(readFileSync(MODEL_FILE));
    expect(card.metrics.model.sha256).toBe(shipped);
    expect(card.export.fp16_stored!.sha256).toBe(shipped);
  });

  it('has every score of every method on every set, inside its interval', () => {
    for (const set of ['sim', ...UNSEEN, 'eurusd_hourly']) {
      for (const model of METHODS) {
        for (const head of HEADS) {
          for (const [value, low, high] of Object.values(figures(set, model, head)).slice(0, 4)) {
            expect(value >= low && value <= high, `${set}, ${model}, ${head}`).toBe(true);
          }
        }
      }
      expect(figures(set, 'label_formula', 'regime').accuracy[0]).toBe(1);
    }
  });

  it.each(['logistic', 'logistic_26'])('finds regime log-loss at least 0.2 nats below %s', (baseline) => {
    for (const set of ['sim', ...UNSEEN]) {
      const network = figures(set, 'convnext_tiny', 'regime').log_loss[0];
      expect(figures(set, baseline, 'regime').log_loss[0] - network, set).toBeGreaterThanOrEqual(0.2);
      expect(card.metrics.gain_over[set]![baseline]!.regime![1], set).toBeGreaterThanOrEqual(0.2);
    }
  });

  it('finds regime probabilities calibrated: ECE at most 0.03 on simulation and 0.05 on unseen real data', () => {
    expect(figures('sim', 'convnext_tiny', 'regime').ece[0]).toBeLessThanOrEqual(0.03);
    for (const set of UNSEEN) expect(figures(set, 'convnext_tiny', 'regime').ece[0], set).toBeLessThanOrEqual(0.05);
  });

  it('keeps years and symbols that nothing was fitted on', () => {
    expect(card.trainedThrough).toBe('2011-12-31');
    const held = card.training_data.held_out_symbols;
    expect(held).toEqual(expect.arrayContaining(['GOOG', 'FB', 'NASDAQ', 'AMD', 'GE', 'JPM', 'KO', 'LLY']));
    expect(card.trainedSymbols.filter((symbol) => held.includes(symbol))).toEqual([]);
  });

  it.each(['SP500', '^GSPC', '^SPX', 'CL=F'])(
    'knows what it was trained on by the names of the sources: %s',
    (name) => {
      expect(sampleStatus(card, name, Date.parse('2010-06-01'))).toBe('training');
    },
  );

  it('shows the shipped form of the weights to agree with 32 bits on 99.5 % of classes, or more', () => {
    for (const share of card.export.fp16_stored!.test_both.agreement_with_fp32) {
      expect(share).toBeGreaterThanOrEqual(0.995);
    }
  });
});

describe('the skill of a head', () => {
  it('follows from its gain over the base rates, on unseen symbols in unseen years and on all held-out prices', () => {
    for (const head of HEADS) {
      const skill = card.skill[head]!;
      const [strict, everywhere] = [skill.gainOverPrior, skill.gainOverPriorAllHeldOut];
      expect(strict).toEqual(card.metrics.vs_prior.test_both!.convnext_tiny![head]);
      expect(everywhere).toEqual(card.metrics.vs_prior.real!.convnext_tiny![head]);
      const proven = strict[1] >= 0.2 ? 'strong' : 'small';
      expect(skill.level).toBe(everywhere[1] <= 0 ? 'none' : strict[1] <= 0 ? 'unproven' : proven);
      expect(skill.skilled).toBe(everywhere[1] > 0 && strict[1] > 0);
    }
  });

  it('is compared with the best of the baselines', () => {
    for (const head of HEADS) {
      const { bestBaseline, gainOverBestBaseline, pictureAdds } = card.skill[head]!;
      const rivals = ['cnn_1d', 'logistic', 'logistic_26', 'boosted_trees', 'boosted_trees_26'];
      const losses = rivals.map((model) => figures('test_both', model, head).log_loss[0]);
      expect(bestBaseline).toBe(rivals[losses.indexOf(Math.min(...losses))]);
      expect(gainOverBestBaseline).toEqual(card.metrics.gain_over.test_both![bestBaseline]![head]);
      expect(pictureAdds).toBe(gainOverBestBaseline[1] > 0);
    }
  });

  it('is said to be none for direction, in the card and in the first paragraph of its text', () => {
    expect(card.skill.direction!.sentence).toMatch(/^direction: no skill measured\./);
    const first = text.split('\n\n')[1]!;
    expect(first).toMatch(/^\*\*Where the picture adds nothing\.\*\* .*direction/);
    for (const head of HEADS) expect(text).toContain(card.skill[head]!.sentence);
  });

  it('is told in that paragraph beside a network without a picture: more, less or neither on each set, with the intervals of the table', () => {
    const lines = text.split('\n\n')[1]!.split('\n').slice(1);
    expect(lines).toHaveLength(HEADS.length);
    for (const [i, head] of HEADS.entries()) {
      expect(lines[i]).toMatch(new RegExp(`^- ${head}: `));
      const parts = lines[i]!.slice(lines[i]!.indexOf(': ') + 2).split('; ');
      for (const set of ['sim', ...UNSEEN, 'real']) {
        const [value, low, high] = card.metrics.gain_over[set]!.cnn_1d![head]!;
        const part = parts.find((one) => one.includes(`(${signed(value)} [${signed(low)}, ${signed(high)}])`));
        expect(part, `${head}, ${set}`).toMatch(
          low > 0 ? /^more on/ : high < 0 ? /^less on/ : /^no measurable difference/,
        );
      }
    }
  });
});

const signed = (value: number) => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;

/** 95 % interval of a share (Wilson 1927), written from its definition: the roots of (p - s)^2 = z^2 p (1 - p) / n. */
function wilson(share: number, n: number): [number, number] {
  const z2 = 1.959964 ** 2;
  const [a, b, c] = [1 + z2 / n, -(2 * share + z2 / n), share ** 2];
  const root = Math.sqrt(b * b - 4 * a * c);
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)];
}

/** Symbols of the same dates move together: what tells of next bars has clusters, a formula of the window has hardly any. */
const effects = (head: string) =>
  Object.values(card.reliability.heads[head]!).flatMap((bins) => bins.map((bin) => bin.designEffect));

describe('the reliability tables', () => {
  it('widen the intervals of the forecast heads by what windows of one time share', () => {
    expect(Math.max(...effects('regime'))).toBeLessThan(1.5);
    expect(Math.max(...effects('direction'))).toBeGreaterThan(2);
    expect(Math.max(...effects('volatility'))).toBeGreaterThan(2);
  });

  it('count every held-out window once for each class, in ten bins', () => {
    expect(card.reliability.windows).toBeGreaterThan(1000);
    for (const head of HEADS) {
      expect(Object.keys(card.reliability.heads[head]!)).toEqual(card.classes[head]);
      for (const bins of Object.values(card.reliability.heads[head]!)) {
        expect(bins.map(({ from }) => from)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
        expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(card.reliability.windows);
      }
    }
  });

  it('give rates of the classes that add up to one hit a window, with Wilson intervals of n / design effect windows', () => {
    for (const head of HEADS) {
      const bins = Object.values(card.reliability.heads[head]!).flat();
      const hits = bins.reduce((sum, { n, hitRate }) => sum + Math.round(n * (hitRate ?? 0)), 0);
      expect(hits).toBe(card.reliability.windows);
      for (const { from, to, n, meanProbability, hitRate, low, high, designEffect } of bins.filter(
        (bin) => bin.n > 0,
      )) {
        expect(meanProbability! >= from && meanProbability! <= to).toBe(true);
        const [expectedLow, expectedHigh] = wilson(Math.round(n * hitRate!) / n, n / designEffect);
        expect(designEffect).toBeGreaterThanOrEqual(1);
        expect(low).toBeCloseTo(expectedLow, 3);
        expect(high).toBeCloseTo(expectedHigh, 3);
      }
    }
  });
});

const TITLES: Record<string, string> = {
  sim: 'Simulated windows',
  test_time: 'Unseen years:',
  test_symbol: 'Unseen symbols before 2015',
  test_both: 'Unseen symbols in unseen years',
  eurusd_hourly: 'EURUSD hourly',
  real: 'All held-out real windows:',
};
const ROWS: Record<string, string> = {
  convnext_tiny: '**ConvNeXt (this file)**',
  cnn_1d: '1-D CNN on the closes',
  boosted_trees: 'boosted trees, the 13 features',
  logistic: 'logistic regression, the 13 features',
  class_prior: 'class prior',
};

/** The figures in a row of one head's table in one set's part of the text. */
function textRow(set: string, head: string, method: string): number[] {
  const part = text.split('\n### ').find((one) => one.startsWith(TITLES[set]!))!;
  const table = part.split(`\n**${head}** `)[1]!.split('\n**')[0]!;
  const row = table.split('\n').find((line) => line.startsWith(`| ${ROWS[method]} |`))!;
  const cells = row.split('|').slice(2, 7).join(' ');
  return [...cells.matchAll(/\d+\.\d+/g)].map(Number);
}

describe('the text of the card', () => {
  it('has the figures of the JSON in its tables', () => {
    for (const set of Object.keys(TITLES)) {
      for (const head of HEADS) {
        for (const method of Object.keys(ROWS)) {
          const expected = Object.values(figures(set, method, head)).flat();
          const found = textRow(set, head, method);
          expect(found).toHaveLength(15);
          for (const [i, value] of found.entries()) {
            expect(Math.abs(value - expected[i]!), `${set}, ${head}, ${method}`).toBeLessThan(0.00051);
          }
        }
      }
    }
  });

  it('says how often windows are flagged, of the reference that is shipped, and what was chosen after a look', () => {
    const folder = path.dirname(CARD_FILE);
    const { reference, rates } = JSON.parse(
      readFileSync(path.join(folder, 'training', 'novelty-report.json'), 'utf8'),
    ) as { reference: string; rates: { windows: string; count: number; flaggedPercent: number }[] };
    expect(reference).toBe(sha256(readFileSync(path.join(folder, 'reference.json'))));
    const part = text.split('\n## Novelty\n')[1]!.split('\n## ')[0]!;
    expect(part).toContain('One choice came after a look at test data');
    for (const { windows, count, flaggedPercent } of rates.filter((rate) => !rate.windows.includes(' '))) {
      const isReal = windows.startsWith('test_');
      expect(isReal ? flaggedPercent <= 2 : flaggedPercent >= 90, windows).toBe(true);
      const shown = [...part.matchAll(new RegExp(`\\| ${count} \\| ([\\d.]+) %`, 'g'))].map((match) =>
        Number(match[1]),
      );
      expect(
        shown.some((value) => Math.abs(value - flaggedPercent) <= 0.051),
        windows,
      ).toBe(true);
    }
  });

  it('was written from the card that is shipped', () => {
    expect(text).toContain(sha256(readFileSync(CARD_FILE)));
  });

  it('shows a small picture for each head, as the manifest states it', () => {
    const { files } = JSON.parse(readFileSync(MANIFEST_FILE, 'utf8')) as { files: { file: string; bytes: number }[] };
    for (const head of HEADS) {
      const file = `pictures/reliability-${head}.png`;
      expect(text).toContain(`(${file})`);
      expect(files.find((entry) => entry.file === file)?.bytes).toBeLessThan(60_000);
    }
  });
});

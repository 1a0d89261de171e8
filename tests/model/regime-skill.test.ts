import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMarket } from '../../electron/engine/market/index.ts';
import { type Convnext, features, networkInput, scaleWindow, takeWindow } from '../../electron/engine/vision/index.ts';
import { fitLogistic, type Logistic } from './logistic.ts';
import { REGIME_CLASSES, regimeOfFormula } from './regime-formula.ts';
import { CARD_FILE, open } from './support.ts';

/** Named by hand, not taken from the card: of these nothing was ever fitted on. */
const NEVER_TRAINED = ['AMD', 'GE', 'JPM', 'KO', 'LLY', 'RRC', 'WMT', '^IXIC'];
const TRAINED = ['AAPL', 'BAC', 'BBY', 'CVX', 'HD', 'JNJ', 'MRK', 'MSFT', 'PEP', 'PFE', 'PG', 'UNH', 'XOM'];
const BARS = 64;
/** Bars between a window's end and prices that something was fitted on. */
const EMBARGO = 80;

const market = createMarket({
  cache: null,
  importsDir: path.join(tmpdir(), 'brainnet-no-imports'),
  resourcesDir: path.join(import.meta.dirname, '..', '..', 'resources'),
  clock: { now: () => Date.parse('2026-01-01') },
});

/** As the card leaves windows out: a share below 1 is rounded too coarsely, closes that repeat are stale. */
function isUsable(close: Float64Array): boolean {
  const still = close.filter((value, i) => i > 0 && value === close[i - 1]).length;
  return Math.min(...close) >= 1 && still <= 0.3 * (BARS - 1);
}

/** Windows of bundled prices wholly inside the years [from, until), one every `stride` bars. */
async function windowsOf(
  symbols: readonly string[],
  from: string,
  until: string,
  stride: number,
): Promise<Float64Array[]> {
  const found: Float64Array[] = [];
  for (const symbol of symbols) {
    const source = symbol.startsWith('^') ? 'samples' : 'samples-closes';
    const series = await market.series({ symbol, source, interval: '1d' });
    const first = series.time.findIndex((time) => time >= Date.parse(from));
    const end = series.time.findLastIndex((time) => time < Date.parse(until));
    const begin = first === 0 ? 0 : first + EMBARGO;
    for (let last = begin + BARS - 1; first >= 0 && last <= end; last += stride) {
      const { close } = takeWindow(series, { bars: BARS, endIndex: last })!;
      if (isUsable(close)) found.push(close);
    }
  }
  return found;
}

type Interval = [value: number, low: number, high: number];
const card = JSON.parse(readFileSync(CARD_FILE, 'utf8')) as {
  metrics: { metrics: Record<string, { convnext_tiny: { regime: { log_loss: Interval } } }> };
};

const row = (closes: Float64Array) => Object.values(features(scaleWindow(closes)));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const losses = (forecasts: readonly number[][], labels: readonly number[]) =>
  forecasts.map((p, i) => -Math.log(p[labels[i]!]!));

/** Top-label expected calibration error in 15 bins of equal width. */
function calibrationError(forecasts: readonly number[][], labels: readonly number[]): number {
  const off = new Float64Array(15);
  forecasts.forEach((p, i) => {
    const top = Math.max(...p);
    off[Math.min(14, Math.floor(15 * top))]! += top - Number(p.indexOf(top) === labels[i]);
  });
  return off.reduce((sum, one) => sum + Math.abs(one), 0) / forecasts.length;
}

let network: Convnext;
let logistic: Logistic;
beforeAll(async () => {
  network = await open();
  const fitted = await windowsOf(TRAINED, '1990-01-01', '2012-01-01', BARS);
  logistic = fitLogistic(fitted.map(row), fitted.map(regimeOfFormula));
});
afterAll(() => network.close());

/** What the network and the regression say of the same windows, beside the formula's label. */
async function read(windows: readonly Float64Array[]) {
  const labels = windows.map(regimeOfFormula);
  const predictions = await network.predictBatch(windows.map(networkInput));
  const forecasts = predictions.map(({ reading }) => REGIME_CLASSES.map((name) => reading.regime[name]));
  const shares = REGIME_CLASSES.map((_, c) => mean(labels.map((label) => Number(label === c))));
  const loss = losses(forecasts, labels);
  const spread = Math.sqrt(mean(loss.map((one) => (one - mean(loss)) ** 2)));
  return {
    loss: mean(loss),
    standardError: spread / Math.sqrt(loss.length),
    logisticLoss: mean(
      losses(
        windows.map((one) => logistic(row(one))),
        labels,
      ),
    ),
    /** No forecast that is the same for every window could do better on these windows. */
    bestConstantLoss: -shares.reduce((sum, share) => sum + share * Math.log(share), 0),
    hits: mean(forecasts.map((p, i) => Number(p.indexOf(Math.max(...p)) === labels[i]))),
    error: calibrationError(forecasts, labels),
  };
}

describe.each([
  ['symbols it never saw, in years it never saw', NEVER_TRAINED, 'test_both', '2015-01-01', '2023-01-01', 64],
  ['symbols it never saw, before those years', NEVER_TRAINED, 'test_symbol', '1990-01-01', '2015-01-01', 192],
  ['its own symbols in years it never saw', TRAINED, 'test_time', '2015-01-01', '2023-01-01', 96],
])('the regime read of windows of %s', (_, symbols, set, from, until, stride) => {
  it('is the formula of their prices: log-loss 0.2 nats and more below a regression on the 13 features and below the shares, as the card has it', async () => {
    const windows = await windowsOf(symbols, from, until, stride);
    expect(windows.length).toBeGreaterThan(200);
    const found = await read(windows);
    expect(found.logisticLoss).toBeLessThan(found.bestConstantLoss);
    expect(found.logisticLoss - found.loss).toBeGreaterThanOrEqual(0.2);
    expect(found.bestConstantLoss - found.loss).toBeGreaterThanOrEqual(0.2);
    expect(found.hits).toBeGreaterThan(0.9);
    expect(found.error).toBeLessThanOrEqual(0.05);
    const [, , high] = card.metrics.metrics[set]!.convnext_tiny.regime.log_loss;
    expect(found.loss).toBeLessThanOrEqual(high + 2 * found.standardError);
  });
});

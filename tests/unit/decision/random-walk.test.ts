import { expect, test } from 'vitest';
import {
  fitCalibration,
  predictCorrect,
  type SettledRecord,
} from '../../../electron/engine/decision/calibration/index.ts';
import { type Lean, leanOf } from '../../../electron/engine/decision/index.ts';
import { bothSides, entryPrice, tripOf } from '../../../electron/engine/decision/outcomes/index.ts';
import { features, scaleWindow } from '../../../electron/engine/vision/index.ts';
import { normals } from '../vision/finetune/support.ts';

const DAY = 86_400_000;
const [BARS, HORIZON, COST, DECISIONS] = [64, 16, 0.001, 500];
/** `npm test` takes a sample. */
const WALKS = Number(process.env.WALKS ?? 50);

/** Closes whose steps are independent, 1 % a day, without drift. */
function walk(seed: number): Float64Array {
  const normal = normals(seed);
  let log = Math.log(100);
  return Float64Array.from({ length: BARS + DECISIONS * HORIZON + 1 }, () => {
    log += 0.01 * normal();
    return Math.exp(log);
  });
}

/** What the policy leans to where the window is read as trending: nothing that lies ahead, and nothing that tells of it. */
function leanAt(close: Float64Array, t: number): { lean: Lean; confidence: number } {
  const { trend_score: trendScore } = features(scaleWindow(close.slice(t + 1 - BARS, t + 1)));
  const proposed = trendScore >= 0.3 ? 'long' : trendScore <= -0.3 ? 'short' : 'hold';
  const lean = leanOf({ action: proposed, proposed, regime: 'trending', trendScore });
  return { lean, confidence: Math.min(1, Math.abs(trendScore)) };
}

/** Windows of a walk one horizon apart, each with the outcome of its own next bars. */
function settled(seed: number): SettledRecord[] {
  const close = walk(seed);
  const bars = { open: null, close, closeOnly: true };
  return Array.from({ length: DECISIONS }, (_, i) => {
    const t = BARS - 1 + i * HORIZON;
    const { entry, exit } = tripOf(bars, t, HORIZON);
    const { long, short } = bothSides(close[exit]! / entryPrice(bars, entry) - 1, COST);
    const { lean, confidence } = leanAt(close, t);
    return {
      ...{ decisionId: `d-${i}`, symbol: 'WALK', source: 'csv', origin: 'replay', ...lean, confidence },
      ...{ asOf: t * DAY, begins: entry * DAY, entry: entry * DAY, exit: exit * DAY, knownAt: exit * DAY },
      won: { long: long.result === 'win', short: short.result === 'win' },
    };
  });
}

test(`on the prices of ${WALKS} random walks the interval of P(correct) excludes the base rate in at most 9 %`, () => {
  const excluded = Array.from({ length: WALKS }, (_, seed) => {
    const records = settled(5000 + seed);
    const calibration = fitCalibration(records, records.at(-1)!.knownAt);
    expect(calibration.n).toBe(DECISIONS);
    const { side, rule, confidence } = records.at(-1)!;
    const { low, high, baseRate } = predictCorrect(calibration, { side, rule }, confidence)!;
    return baseRate < low || baseRate > high;
  }).filter(Boolean).length;
  expect(excluded).toBeLessThanOrEqual(0.09 * WALKS);
}, 300_000);

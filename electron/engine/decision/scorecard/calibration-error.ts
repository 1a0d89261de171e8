import { quantile, seeded } from './random.ts';
import { type Scored, wilson } from './rules.ts';

const BINS = 15;
const DRAWS = 400;

/** A row of the reliability table: forecasts of about one value and how many of them won; [low, high] is Wilson's interval of the hit rate. */
export interface ReliabilityBin {
  n: number;
  meanP: number;
  hitRate: number;
  low: number;
  high: number;
}

export interface CalibrationError {
  /** Expected calibration error over 15 bins of equal size. */
  ece: number;
  /** The same less what a perfect forecaster shows at this n, at least 0. */
  corrected: number;
  /** Mean and 95th percentile of the error of a perfect forecaster who gave these very forecasts. */
  perfectMean: number;
  perfectP95: number;
  /** The same bins, each up to the end of what was forecast equally: what is equal stands in one row. */
  bins: ReliabilityBin[];
}

/**
 * Expected calibration error with 15 equal-mass bins, beside the error that chance alone gives: outcomes drawn 400 times from the
 * forecasts themselves, by a fixed seed (DEFINITIONS 7; Broecker & Smith 2007). Equal forecasts are never parted by their outcomes.
 */
export function calibrationError(forecasts: readonly Scored[]): CalibrationError {
  const sorted = [...forecasts].sort((a, b) => a.p - b.p);
  const edges = binEdges(sorted.length);
  const random = seeded(20_001);
  const p = Float64Array.from(sorted, (forecast) => forecast.p);
  const errorOf = (outcomes: Float64Array) => eceOf(p, withoutTies(p, outcomes), edges);
  const drawn = Array.from({ length: DRAWS }, () =>
    errorOf(p.map((probability) => (random() < probability ? 1 : 0))),
  ).sort((a, b) => a - b);
  const perfectMean = drawn.reduce((sum, value) => sum + value, 0) / DRAWS;
  const outcomes = Float64Array.from(sorted, ({ won }) => (won ? 1 : 0));
  const ece = errorOf(outcomes);
  const rows = rowEdges(p, edges);
  return {
    ece,
    corrected: Math.max(0, ece - perfectMean),
    perfectMean,
    perfectP95: quantile(drawn, 0.95),
    bins: rows.slice(1).map((end, row) => reliabilityBin(p, outcomes, rows[row]!, end)),
  };
}

/** The outcomes, those of equal forecasts replaced by their mean, so that no bin edge can sort them by what happened. */
function withoutTies(p: Float64Array, outcomes: Float64Array): Float64Array {
  const shared = Float64Array.from(outcomes);
  for (let from = 0; from < p.length; ) {
    let [to, hits] = [from, 0];
    for (; to < p.length && p[to] === p[from]; to++) hits += outcomes[to]!;
    shared.fill(hits / (to - from), from, to);
    from = to;
  }
  return shared;
}

function binEdges(n: number): number[] {
  const bins = Math.max(1, Math.min(BINS, n));
  return Array.from({ length: bins + 1 }, (_, bin) => Math.round((bin * n) / bins));
}

/** The edges of bins, each behind the last of its equals. */
function rowEdges(p: Float64Array, edges: readonly number[]): number[] {
  const behind = edges.map((edge) => {
    let end = edge;
    while (end > 0 && end < p.length && p[end] === p[end - 1]) end++;
    return end;
  });
  return [...new Set(behind)];
}

function eceOf(p: Float64Array, outcomes: Float64Array, edges: readonly number[]): number {
  let error = 0;
  for (let bin = 1; bin < edges.length; bin++) {
    let gap = 0;
    for (let i = edges[bin - 1]!; i < edges[bin]!; i++) gap += p[i]! - outcomes[i]!;
    error += Math.abs(gap);
  }
  return p.length === 0 ? 0 : error / p.length;
}

function reliabilityBin(p: Float64Array, outcomes: Float64Array, from: number, to: number): ReliabilityBin {
  let [sum, hits] = [0, 0];
  for (let i = from; i < to; i++) {
    sum += p[i]!;
    hits += outcomes[i]!;
  }
  const n = to - from;
  const [low, high] = wilson(hits, n);
  return { n, meanP: sum / n, hitRate: hits / n, low, high };
}

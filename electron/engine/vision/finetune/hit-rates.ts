import { DIRECTIONS, type HeldOutBin, REGIMES, VOLATILITIES } from '../../../../shared/domain/index.ts';
import { designEffect, wilson } from '../../platform/index.ts';
import type { HeadName, TrainingSet } from './training-set.ts';

const NAMES = { regime: REGIMES, direction: DIRECTIONS, volatility: VOLATILITIES } as const;
const BINS = 10;
/** Windows of a bin below which its own design effect is noise. */
const FEWEST = 30;

/** Which of the rows validated on, in order of time, share no bar with another: those that overlap would count one stretch several times. */
export function apart(
  set: Pick<TrainingSet, 'series' | 'first' | 'labelled'>,
  validated: readonly number[],
): boolean[] {
  const through = new Map<number, number>();
  return validated.map((row) => {
    const own = set.series[row]!;
    if (set.first[row]! <= (through.get(own) ?? -Infinity)) return false;
    through.set(own, set.labelled[row]!);
    return true;
  });
}

/**
 * How often each class was right by the probability that the new head gave it, over the rows counted; ten bins from 0 to 1. The intervals are
 * Wilson's of n / design effect windows, as windows of one time move together: of each bin its own over blocks of time, or that of the class
 * over all bins where that is greater, as the card has them (models/training/reliability.py).
 * @param probabilities `rows * classes` @param blocks block of time of each row
 */
export function hitRates(
  head: HeadName,
  probabilities: Float64Array,
  labels: Uint8Array,
  counted: readonly boolean[],
  blocks: Int32Array,
): Record<string, HeldOutBin[]> {
  const names = NAMES[head];
  return Object.fromEntries(
    names.map((name, k) => {
      const all = Array.from(labels, (label, row) => ({
        p: probabilities[row * names.length + k]!,
        hit: label === k,
        block: blocks[row]!,
      }));
      const given = all.filter((_, row) => counted[row]);
      const bins = Array.from({ length: BINS }, (_, bin) => given.filter(({ p }) => binAt(p) === bin));
      const whole = effectOf(bins.filter((own) => own.length >= FEWEST));
      return [name, bins.map((own, bin) => binOf(own, bin, whole))];
    }),
  );
}

interface Given {
  p: number;
  hit: boolean;
  block: number;
}

const binAt = (p: number): number => Math.min(BINS - 1, Math.floor(p * BINS));
const rateOf = (own: readonly Given[]): number => own.filter(({ hit }) => hit).length / own.length;

/** Design effect over bins, the residuals taken from each one's own rate. */
function effectOf(bins: readonly (readonly Given[])[]): number {
  const residuals = bins.flatMap((own) => own.map(({ hit }) => Number(hit) - rateOf(own)));
  return designEffect(
    residuals,
    bins.flatMap((own) => own.map(({ block }) => block)),
  );
}

function binOf(own: readonly Given[], bin: number, whole: number): HeldOutBin {
  const bounds = { from: bin / BINS, to: (bin + 1) / BINS, n: own.length };
  if (own.length === 0) return { ...bounds, meanProbability: null, hitRate: null, low: null, high: null };
  const hitRate = rateOf(own);
  const effect = Math.max(whole, own.length >= FEWEST ? effectOf([own]) : 1);
  const [low, high] = wilson((hitRate * own.length) / effect, own.length / effect);
  const meanProbability = own.reduce((sum, { p }) => sum + p, 0) / own.length;
  return { ...bounds, meanProbability, hitRate, low, high, designEffect: effect };
}

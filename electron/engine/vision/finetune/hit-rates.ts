import { DIRECTIONS, type HeldOutBin, REGIMES, VOLATILITIES } from '../../../../shared/domain/index.ts';
import type { HeadName, TrainingSet } from './training-set.ts';

const NAMES = { regime: REGIMES, direction: DIRECTIONS, volatility: VOLATILITIES } as const;
const BINS = 10;
const Z = 1.96;

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
 * How often each class was right by the probability that the new head gave it, over the rows counted; ten bins from 0 to 1.
 * @param probabilities `rows * classes`
 */
export function hitRates(
  head: HeadName,
  probabilities: Float64Array,
  labels: Uint8Array,
  counted: readonly boolean[],
): Record<string, HeldOutBin[]> {
  const names = NAMES[head];
  return Object.fromEntries(
    names.map((name, k) => {
      const all = Array.from(labels, (label, row) => ({ p: probabilities[row * names.length + k]!, hit: label === k }));
      const given = all.filter((_, row) => counted[row]);
      return [name, Array.from({ length: BINS }, (_, bin) => binOf(given, bin))];
    }),
  );
}

function binOf(given: readonly { p: number; hit: boolean }[], bin: number): HeldOutBin {
  const own = given.filter(({ p }) => Math.min(BINS - 1, Math.floor(p * BINS)) === bin);
  const bounds = { from: bin / BINS, to: (bin + 1) / BINS, n: own.length };
  if (own.length === 0) return { ...bounds, meanProbability: null, hitRate: null, low: null, high: null };
  const hitRate = own.filter(({ hit }) => hit).length / own.length;
  const meanProbability = own.reduce((sum, { p }) => sum + p, 0) / own.length;
  return { ...bounds, meanProbability, hitRate, ...wilson(hitRate, own.length) };
}

/** Wilson's 95 % interval of a share. */
function wilson(share: number, n: number): { low: number; high: number } {
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const centre = share + (Z * Z) / (2 * n);
  const scale = 1 + (Z * Z) / n;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

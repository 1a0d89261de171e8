/** A mean with an interval; nats where it speaks of log-loss. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

const RESAMPLES = 4000;
/** A studentised distance that stands for endless. */
const FARTHEST = 1e6;

/**
 * Mean of paired differences with a bootstrap-t interval over blocks of time: whole blocks, all symbols in them together, are drawn with
 * replacement, and the mean is studentised by the spread of the blocks (Efron & Tibshirani, An Introduction to the Bootstrap, 12.5), since
 * the plain percentile interval is too short where blocks are few.
 * @param blocks block of each difference @param tail probability outside on either side, e.g. 0.025
 */
export function blockMean(differences: Float64Array, blocks: Int32Array, tail: number, random: () => number): Estimate {
  const all = perBlock(differences, blocks);
  const size = all.sum.length;
  const picks = Int32Array.from({ length: size }, (_, i) => i);
  const whole = meanOf(all, picks);
  if (size < 2 || whole.error === 0) return { value: whole.mean, low: whole.mean, high: whole.mean };
  const draws = new Float64Array(RESAMPLES);
  for (let draw = 0; draw < RESAMPLES; draw++) {
    for (let i = 0; i < size; i++) picks[i] = Math.floor(random() * size);
    const drawn = meanOf(all, picks);
    const apart = drawn.mean - whole.mean;
    draws[draw] = drawn.error > 0 ? apart / drawn.error : Math.sign(apart) * FARTHEST;
  }
  draws.sort();
  const at = (share: number) => draws[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))]!;
  const bound = (t: number) => whole.mean - Math.max(-FARTHEST, Math.min(FARTHEST, t)) * whole.error;
  return { value: whole.mean, low: bound(at(1 - tail)), high: bound(at(tail)) };
}

/** How many blocks of time there are among the rows. */
export const blockCount = (blocks: Int32Array): number => new Set(blocks).size;

/** Sum of differences and number of windows of each block. */
interface Blocks {
  sum: Float64Array;
  windows: Float64Array;
}

function perBlock(differences: Float64Array, blocks: Int32Array): Blocks {
  const places = new Map([...new Set(blocks)].map((block, place) => [block, place]));
  const sum = new Float64Array(places.size);
  const windows = new Float64Array(places.size);
  blocks.forEach((block, i) => {
    const place = places.get(block)!;
    sum[place] = sum[place]! + differences[i]!;
    windows[place] = windows[place]! + 1;
  });
  return { sum, windows };
}

/** The mean over the picked blocks and its standard error, each block counting by its windows (a ratio estimate). */
function meanOf({ sum, windows }: Blocks, picks: Int32Array): { mean: number; error: number } {
  let total = 0;
  let count = 0;
  for (const pick of picks) {
    total += sum[pick]!;
    count += windows[pick]!;
  }
  const mean = total / count;
  let spread = 0;
  for (const pick of picks) spread += (sum[pick]! - mean * windows[pick]!) ** 2;
  return { mean, error: Math.sqrt((spread * picks.length) / Math.max(1, picks.length - 1)) / count };
}

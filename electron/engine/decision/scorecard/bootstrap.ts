import { quantile, seeded } from './random.ts';

const DRAWS = 1000;
/** With fewer blocks than this an interval would say nothing. */
const LEAST_BLOCKS = 5;

/**
 * 95 % interval of a figure made of sums, by drawing whole blocks of time with replacement (percentile bootstrap, fixed seed), so that
 * outcomes that share their market stay together. Null with fewer than 5 blocks.
 * @param blocks the sums of each block, all of the same length
 * @param figure the figure from the added sums
 */
export function blockInterval(
  blocks: readonly (readonly number[])[],
  figure: (sums: readonly number[]) => number,
): [number, number] | null {
  if (blocks.length < LEAST_BLOCKS) return null;
  const random = seeded(7);
  const drawn = Array.from({ length: DRAWS }, () => {
    const sums = blocks[0]!.map(() => 0);
    for (let k = 0; k < blocks.length; k++) {
      const block = blocks[Math.floor(random() * blocks.length)]!;
      for (let i = 0; i < sums.length; i++) sums[i]! += block[i]!;
    }
    return figure(sums);
  });
  drawn.sort((a, b) => a - b);
  return [quantile(drawn, 0.025), quantile(drawn, 0.975)];
}

/** Adds up what `of` gives of the members of each block; blocks in the order of their keys. */
export function sumsByBlock<T>(
  members: readonly T[],
  keyOf: (member: T) => number,
  of: (member: T) => readonly number[],
): number[][] {
  const sums = new Map<number, number[]>();
  for (const member of members) {
    const values = of(member);
    const sum = sums.get(keyOf(member));
    sums.set(keyOf(member), sum ? sum.map((value, i) => value + values[i]!) : [...values]);
  }
  return [...sums].sort(([a], [b]) => a - b).map(([, sum]) => sum);
}

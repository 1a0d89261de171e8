import { availableParallelism, cpus, release, type } from 'node:os';

/** Where a figure was measured; it means little elsewhere, ratios of one run mean more. */
export function machine(): { cpu: string; cores: number; os: string; node: string } {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    os: `${type()} ${release()}`,
    node: process.version,
  };
}

/** Middle of the sorted values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const rounded = (value: number, digits = 3) => Number(value.toPrecision(digits));

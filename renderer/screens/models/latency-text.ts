import type { Latency } from '../../../shared/domain/index.ts';
import { figure } from '../../format/index.ts';

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? null) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** "14.2 ms (median of the last 7, 12.0 to 31.5)" */
export function latencyText(latency: readonly Latency[], together: boolean): string {
  const times = latency.filter((one) => one.together > 1 === together).map(({ ms }) => ms);
  if (times.length === 0) return 'none ran yet';
  const range = `${figure(Math.min(...times), 1)} to ${figure(Math.max(...times), 1)}`;
  return `${figure(median(times), 1)} ms (median of the last ${times.length}, ${range})`;
}

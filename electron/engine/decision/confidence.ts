import type { SignalConfidence } from '../../../shared/domain/index.ts';

/** Binary entropy in bits of a probability in [0, 1]; 0 at both ends. */
export function binaryEntropy(p: number): number {
  if (p <= 0 || p >= 1) return 0;
  return -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
}

/** Capacity of the binary symmetric channel, 1 - H2(eps), eps clipped to [0, 0.5] (DEFINITIONS 5; Cover & Thomas 7.1.4). */
export function channelCapacity(eps: number): number {
  return 1 - binaryEntropy(clipEps(eps));
}

const clipEps = (eps: number): number => Math.min(0.5, Math.max(0, eps));

/**
 * The numeric judge's signal confidence: eps = 1 - P(regime), P the pooled probability; the interval is eps +- 1.96 standard
 * errors of the single looks' doubts around it, and null for a single look, which has no standard error.
 * @param pooled pooled probability of the regime that the decision rests on, in [0, 1]
 * @param perLook that regime's probability in each look
 */
export function numericConfidence(pooled: number, perLook: readonly number[]): SignalConfidence {
  const eps = clipEps(1 - pooled);
  return {
    value: channelCapacity(eps),
    eps,
    interval: capacityInterval(
      eps,
      perLook.map((p) => clipEps(1 - p)),
    ),
    method: 'numeric',
    asks: perLook.length,
  };
}

function capacityInterval(eps: number, doubts: readonly number[]): [number, number] | null {
  const n = doubts.length;
  if (n < 2) return null;
  const mean = doubts.reduce((sum, doubt) => sum + doubt, 0) / n;
  const variance = doubts.reduce((sum, doubt) => sum + (doubt - mean) ** 2, 0) / (n - 1);
  const margin = 1.96 * Math.sqrt(variance / n);
  return [channelCapacity(eps + margin), channelCapacity(eps - margin)];
}

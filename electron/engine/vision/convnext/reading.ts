import { DIRECTIONS, REGIMES, type Reading, VOLATILITIES } from '../../../../shared/domain/index.ts';

export interface Logits {
  regime: number[];
  direction: number[];
  volatility: number[];
}

/** Values a window's logits take: 4 regimes, 3 directions, 4 volatilities, in this order. */
export const LOGITS = REGIMES.length + DIRECTIONS.length + VOLATILITIES.length;

/** Splits the network's 11 float32 logits by head. */
export function splitLogits(flat: Float32Array): Logits {
  const directionAt = REGIMES.length;
  const volatilityAt = directionAt + DIRECTIONS.length;
  return {
    regime: [...flat.subarray(0, directionAt)],
    direction: [...flat.subarray(directionAt, volatilityAt)],
    volatility: [...flat.subarray(volatilityAt, LOGITS)],
  };
}

/** Class probabilities; the logits are temperature-scaled already (model card, "temperatures_note"). */
export function readingOf(logits: Logits): Reading {
  return {
    regime: named(REGIMES, softmax(logits.regime)),
    direction: named(DIRECTIONS, softmax(logits.direction)),
    volatility: named(VOLATILITIES, softmax(logits.volatility)),
  };
}

function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits);
  const weights = logits.map((value) => Math.exp(value - highest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

function named<const N extends readonly string[]>(names: N, values: readonly number[]): Record<N[number], number> {
  return Object.fromEntries(names.map((name, i) => [name, values[i]!])) as Record<N[number], number>;
}

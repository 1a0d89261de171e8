import type { Features, Look, Scores } from '../../../../shared/domain/index.ts';

/** What a language model is given of a setup. */
export interface EvidencePack {
  /** Scaled closes of the window, -1 to 1, the oldest first. */
  closes: number[];
  features: Record<string, number>;
  scores: Scores;
  looks: {
    look: string;
    regime: Record<string, number>;
    direction: Record<string, number>;
    volatility: Record<string, number>;
  }[];
  /** Past setups and notes, in words. */
  memory: string[];
  /** Left out in blind mode. */
  named?: { symbol: string; interval: string; lastBarDate: string; lastClose: number; currency: string };
}

export interface PackInput {
  x: Float64Array;
  features: Features;
  scores: Scores;
  looks: readonly Look[];
  memory: readonly string[];
  named: NonNullable<EvidencePack['named']>;
  /** Symbol, dates and price level are hidden, so that the model reads the picture and cannot remember the year. */
  blind: boolean;
}

/** Closes that the model is given at most: every second one of a window of 64. */
const MOST_CLOSES = 32;

export function packEvidence({ x, features, scores, looks, memory, named, blind }: PackInput): EvidencePack {
  const step = Math.ceil(x.length / MOST_CLOSES);
  const closes = Array.from(x).filter((_, i) => (x.length - 1 - i) % step === 0);
  return {
    closes: closes.map((value) => rounded(value, 2)),
    features: roundedAll(features, 3),
    scores,
    looks: looks.map(({ kind, reading }) => ({
      look: kind,
      regime: roundedAll(reading.regime, 2),
      direction: roundedAll(reading.direction, 2),
      volatility: roundedAll(reading.volatility, 2),
    })),
    memory: blind ? memory.map((text) => withoutWords(text, named.symbol)) : [...memory],
    ...(blind ? {} : { named }),
  };
}

/** What a user wrote stands in quotes and may name anything: in blind mode it goes, from the first quote to the last, and the symbol too. */
const withoutWords = (text: string, symbol: string): string =>
  text.replace(/"[\s\S]*"\)?/, '[hidden]').replaceAll(symbol, '[hidden]');

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
const roundedAll = (values: Record<string, number>, digits: number): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value, digits)]));

import {
  DIRECTIONS,
  type Features,
  type Look,
  REGIMES,
  type Reading,
  type Scores,
  VOLATILITIES,
} from '../../../../shared/domain/index.ts';
import type { Remembered } from './prompt-file.ts';

/** What a language model is given of a setup, short: what it costs is read anew for each symbol. The legend stands in the prompt. */
export interface EvidencePack {
  /** Scaled closes of the window in hundredths, -100 to 100, the oldest first. */
  closes: number[];
  features: Record<string, number>;
  scores: Scores;
  /** Percent of the classes of each head, in the order of REGIMES, DIRECTIONS and VOLATILITIES, by look. */
  looks: Record<string, { regime: number[]; direction: number[]; volatility: number[] }>;
  /** Past setups and notes; they stand below the rest, and the oldest are left out where there is no room. */
  memory?: Remembered[];
  /** Left out in blind mode. */
  named?: { symbol: string; interval: string; lastBarDate: string; lastClose: number; currency: string };
}

export interface PackInput {
  x: Float64Array;
  features: Features;
  scores: Scores;
  looks: readonly Look[];
  memory: readonly Remembered[];
  named: NonNullable<EvidencePack['named']>;
  /** Symbol, dates and price level are hidden, so that the model reads the picture and cannot remember the year. */
  blind: boolean;
}

/** Closes that the model is given at most: every fourth one of a window of 64. */
const MOST_CLOSES = 16;
/** Features that say something the closes and scores do not. */
const GIVEN = [
  'trend_score',
  'momentum',
  'recent_strength',
  'persistence',
  'entropy',
  'cycle_strength',
  'cycle_period',
  'burst_share',
] as const;

export function packEvidence({ x, features, scores, looks, memory, named, blind }: PackInput): EvidencePack {
  const step = Math.ceil(x.length / MOST_CLOSES);
  const closes = Array.from(x).filter((_, i) => (x.length - 1 - i) % step === 0);
  const words = memory.map(({ text, time }) => ({ text: blind ? withoutWords(text, named.symbol) : text, time }));
  return {
    closes: closes.map(percent),
    features: Object.fromEntries(GIVEN.map((name) => [name, Number(features[name].toFixed(2))])),
    scores,
    looks: Object.fromEntries(looks.map(({ kind, reading }) => [kind, percentages(reading)])),
    ...(words.length > 0 && { memory: words }),
    ...(blind ? {} : { named }),
  };
}

const percentages = ({ regime, direction, volatility }: Reading) => ({
  regime: REGIMES.map((name) => percent(regime[name])),
  direction: DIRECTIONS.map((name) => percent(direction[name])),
  volatility: VOLATILITIES.map((name) => percent(volatility[name])),
});

/** What a user wrote stands in quotes and may name anything: in blind mode it goes, from the first quote to the last, and the symbol as a word. */
function withoutWords(text: string, symbol: string): string {
  const unquoted = text.replace(/"[\s\S]*"\)?/, '[hidden]');
  return unquoted.replaceAll(symbol, (found, at: number) => {
    const end = at + found.length;
    return goesOn(unquoted.slice(at - 1, at + 1)) || goesOn(unquoted.slice(end - 1, end + 1)) ? found : '[hidden]';
  });
}

/** Whether two neighbouring characters belong to one word. */
const goesOn = (pair: string) => /^[\p{L}\p{Nd}]{2}$/u.test(pair);

const percent = (share: number): number => Math.round(100 * share);

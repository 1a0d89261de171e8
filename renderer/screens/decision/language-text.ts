import type { LanguageReading } from '../../../shared/domain/index.ts';
import { duration, whole } from '../../format/index.ts';

/** What was done about numbers that the model made up. */
export function struckSentence(struck: number): string {
  if (struck === 0) return 'It quotes no number that the data does not hold.';
  if (struck === 1) return 'One number that the data does not hold was struck out of its words.';
  return `${whole(struck)} numbers that the data does not hold were struck out of its words.`;
}

type Cost = Pick<LanguageReading, 'promptTokens' | 'reusedTokens' | 'generatedTokens' | 'ms'>;

/** Tokens and time of the last answer. */
export function costLine({ promptTokens, reusedTokens, generatedTokens, ms }: Cost): string {
  const reused = reusedTokens > 0 ? `, ${whole(reusedTokens)} of them read before` : '';
  return `${whole(promptTokens)} tokens read${reused}; ${whole(generatedTokens)} written, in ${duration(ms)}.`;
}

import type { Action, HitRate } from '../../../shared/domain/index.ts';

/** An opinion and its measured record: positions taken on it and settled; null below 50 of them. */
export interface Opinion {
  action: Action;
  record: HitRate | null;
}

export interface Combined {
  action: Action;
  sentence: string;
}

/** Settled positions from which a record counts. */
const RECORD_FROM = 50;

/**
 * The one rule by which two judges become a decision: where they agree the action stands; where they do not it is a hold, unless the
 * measured record of one is better than the other's by more than noise (its Wilson interval lies wholly above).
 */
export function combineOpinions(numeric: Opinion, language: Opinion): Combined {
  if (numeric.action === language.action) return { action: numeric.action, sentence: 'Both judges say the same.' };
  const better = betterOf(numeric, language);
  const words = `the numeric judge says ${numeric.action}, the language model ${language.action}`;
  if (!better)
    return {
      action: 'hold',
      sentence: `The judges disagree (${words}), and neither record is better by more than noise.`,
    };
  const name = better === numeric ? 'numeric judge' : 'language model';
  return {
    action: better.action,
    sentence: `The judges disagree (${words}); the measured record of the ${name} is better.`,
  };
}

function betterOf(a: Opinion, b: Opinion): Opinion | null {
  if (!a.record || !b.record || a.record.n < RECORD_FROM || b.record.n < RECORD_FROM) return null;
  if (a.record.low > b.record.high) return a;
  return b.record.low > a.record.high ? b : null;
}

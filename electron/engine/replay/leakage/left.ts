import { LEAKAGE_VARIANTS, type LeakageRequest } from '../../../../shared/domain/index.ts';
import type { LlmState } from '../../llm/index.ts';
import { expectedMs } from '../../orchestrator/index.ts';

/** Seconds that the numeric judge takes for a round of all variants. */
const NUMERIC_SECONDS = 0.05;

/** Seconds of one window at the measured rates; null where there are none yet. @param rounds of the numeric judge at most, refinement included */
export function secondsOf(judge: LeakageRequest['judge'], rounds: number, state: LlmState): number | null {
  if (judge === 'numeric') return NUMERIC_SECONDS * rounds;
  const ms = 'rates' in state ? expectedMs(state.rates, Number.POSITIVE_INFINITY) : null;
  return ms === null ? null : ((1 + LEAKAGE_VARIANTS.length) * ms) / 1000;
}

/** Why windows were left out, in words; empty where none was. @param over how many of them for the budget of the language model */
export function leftOutText(leftOut: number, over: number): string {
  const why = [
    ...(over > 0 ? [`${over} over the budget (LLM_BUDGET_SECONDS, LLM_BUDGET_TOKENS)`] : []),
    ...(leftOut > over ? [`${leftOut - over} that cannot be judged`] : []),
  ];
  return why.join(', ');
}

/** Milliseconds left: at the mean of the windows that are behind it, else at the estimate of one; null where neither is known. */
export function leftOf(done: readonly { ms: number }[], left: number, seconds: number | null): number | null {
  if (done.length > 0) return (left * done.reduce((sum, { ms }) => sum + ms, 0)) / done.length;
  return seconds === null ? null : 1000 * seconds * left;
}

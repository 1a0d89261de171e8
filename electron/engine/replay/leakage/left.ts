import { LEAKAGE_VARIANTS, type LeakageRequest } from '../../../../shared/domain/index.ts';
import type { LlmState } from '../../llm/index.ts';

/** Tokens that a round of judging reads anew and writes: the evidence, an answer with its texts, and three questions about it. */
const READ = 900;
const WRITTEN = 320;
/** Seconds that the numeric judge takes for a round of all variants. */
const NUMERIC_SECONDS = 0.05;

/** Seconds of one window at the measured rates; null where there are none yet. @param rounds at most, refinement included */
export function secondsOf(judge: LeakageRequest['judge'], rounds: number, state: LlmState): number | null {
  if (judge === 'numeric') return NUMERIC_SECONDS * rounds;
  if (state.status !== 'ready' && state.status !== 'unloaded') return null;
  const { promptTokensPerSecond: read, generatedTokensPerSecond: written } = state.rates;
  if (!read || !written) return null;
  return (1 + LEAKAGE_VARIANTS.length) * rounds * (READ / read + WRITTEN / written);
}

/** Milliseconds left: at the mean of the windows that are behind it, else at the estimate of one; null where neither is known. */
export function leftOf(done: readonly { ms: number }[], left: number, seconds: number | null): number | null {
  if (done.length > 0) return (left * done.reduce((sum, { ms }) => sum + ms, 0)) / done.length;
  return seconds === null ? null : 1000 * seconds * left;
}

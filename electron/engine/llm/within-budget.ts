import { BrainnetError } from '../../../shared/errors.ts';
import { metered, type TokenBudget } from './metered.ts';
import type { Llm } from './types.ts';

/** What a piece of work for a symbol may take of the language model. */
export interface Budget extends TokenBudget {
  ms: number;
}

/**
 * Work with the model within a budget of time and tokens.
 * @throws LLM_OVER_BUDGET, and what the work throws
 */
export async function withinBudget<T>(
  llm: Llm,
  { symbol, tokens, ms }: Budget,
  cancelled: AbortSignal,
  work: (llm: Llm, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const spent = AbortSignal.timeout(ms);
  try {
    return await work(metered(llm, { symbol, tokens }), AbortSignal.any([cancelled, spent]));
  } catch (error) {
    if (!spent.aborted || cancelled.aborted) throw error;
    throw new BrainnetError('LLM_OVER_BUDGET', { symbol, limit: `${ms / 1000} seconds (LLM_BUDGET_SECONDS)` });
  }
}

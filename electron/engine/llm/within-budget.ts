import { BrainnetError } from '../../../shared/errors.ts';
import { metered, type TokenBudget } from './metered.ts';
import type { Llm } from './types.ts';

/** What a piece of work for a symbol may take of the language model. */
export interface Budget extends TokenBudget {
  ms: number;
  /** Pieces of work that share the model at once, and so each other's time; left out = 1. */
  together?: number;
}

/**
 * Work with the model within a budget of time and tokens.
 * @throws LLM_OVER_BUDGET, and what the work throws
 */
export async function withinBudget<T>(
  llm: Llm,
  { symbol, tokens, ms, together = 1 }: Budget,
  cancelled: AbortSignal,
  work: (llm: Llm, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const spent = AbortSignal.timeout(ms * together);
  try {
    return await work(metered(llm, { symbol, tokens }), AbortSignal.any([cancelled, spent]));
  } catch (error) {
    if (!spent.aborted || cancelled.aborted) throw error;
    throw new BrainnetError('LLM_OVER_BUDGET', { symbol, limit: limitText(ms / 1000, together) });
  }
}

const limitText = (seconds: number, together: number) =>
  together === 1
    ? `${seconds} seconds (LLM_BUDGET_SECONDS)`
    : `${seconds * together} seconds (LLM_BUDGET_SECONDS for each of the ${together} that may be judged together)`;

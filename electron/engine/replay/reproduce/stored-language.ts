import type { Decision, HitRate } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { type JournalReader, wilson } from '../../decision/index.ts';
import { type Llm, type LlmHost, type LlmInfo, withinBudget } from '../../llm/index.ts';
import { createLanguageJudge, type LanguageTask, type OtherPrompt, storedLlm } from '../../orchestrator/index.ts';

export interface StoredLanguageDeps {
  journal: Pick<JournalReader, 'get'>;
  language: {
    host: LlmHost;
    memoryText: LanguageTask['memoryText'];
    asked(): { budgetMs: number; budgetTokens: number };
  };
}

type Asks = NonNullable<Decision['provenance']['language']>;

/** How a decision of both judges is made again; `others` are the questions that were put otherwise than they were stored. */
export interface AskedAgain {
  task: LanguageTask;
  others: readonly OtherPrompt[];
}

/** The stored answers in place of the model. @throws UNKNOWN_DECISION where the numeric decision that it follows is gone */
export function withStoredAnswers(deps: StoredLanguageDeps, decision: Decision, asks: Asks): AskedAgain {
  const { llm, others } = storedLlm(infoOf(decision, asks), asks.exchanges);
  return { task: taskOf(deps, decision, asks, llm), others };
}

/**
 * Work with the model that is in use, asked as it was then, within the budget of a symbol.
 * @throws UNKNOWN_DECISION, LLM_OVER_BUDGET_AGAIN, and what `LlmHost.get` and the work throw
 */
export async function withLiveModel<T>(
  deps: StoredLanguageDeps,
  decision: Decision,
  asks: Asks,
  cancelled: AbortSignal,
  work: (task: LanguageTask, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { host, asked } = deps.language;
  const llm = await host.get();
  const { budgetMs: ms, budgetTokens: tokens } = asked();
  const budget = { symbol: decision.symbol, ms, tokens };
  try {
    return await withinBudget(llm, budget, cancelled, (within, signal) =>
      work(taskOf(deps, decision, asks, within), signal),
    );
  } catch (error) {
    if (!(error instanceof BrainnetError) || error.code !== 'LLM_OVER_BUDGET') throw error;
    throw new BrainnetError('LLM_OVER_BUDGET_AGAIN', error.details);
  }
}

function taskOf(deps: StoredLanguageDeps, decision: Decision, asks: Asks, llm: Llm): LanguageTask {
  const { temperature, maxTokens, vision, records } = asks;
  const blind = decision.language?.blind ?? true;
  return {
    judge: createLanguageJudge(llm, { temperature, maxTokens, vision, blind }),
    numeric: deps.journal.get(decision.opinions?.follows ?? ''),
    records: { numeric: rateOf(records.numeric), language: rateOf(records.language) },
    memoryText: deps.language.memoryText,
  };
}

function rateOf(record: Asks['records']['numeric']): HitRate | null {
  if (!record) return null;
  const [low, high] = wilson(record.hits, record.n);
  return { ...record, rate: record.hits / record.n, low, high };
}

const infoOf = (decision: Decision, asks: Asks): LlmInfo => ({
  ...{ backend: asks.backend, device: asks.device, contextTokens: asks.contextTokens },
  ...{ vision: asks.sees, tokenProbabilities: asks.tokenProbabilities },
  ...(asks.threads !== null && { threads: asks.threads }),
  name: decision.language?.model ?? '',
  file: null,
  sha256: decision.provenance.modelHashes.llm ?? null,
  note: null,
});

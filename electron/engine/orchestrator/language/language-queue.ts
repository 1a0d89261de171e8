import type { Decision, InstrumentRef, LanguageQueue } from '../../../../shared/domain/index.ts';
import { BrainnetError, toErrorData } from '../../../../shared/errors.ts';
import { type LlmHost, type LlmRates, metered } from '../../llm/index.ts';
import type { Logger } from '../../platform/index.ts';
import type { Analysis, Analyzer } from '../analyzer.ts';
import type { AnalyzeTask, LanguageTask } from '../graph/matter.ts';
import { createLanguageJudge } from './language-judge.ts';

/** A numeric decision that a language model is to judge too. */
export interface LanguageItem {
  task: Omit<AnalyzeTask, 'signal' | 'onStage' | 'language'> & { ref: InstrumentRef };
  numeric: Decision;
  /** The decision of both judges; the caller stores it. */
  done(analysis: Analysis): void;
  /** Why there is none, in one sentence. */
  failed(sentence: string): void;
}

export interface LanguageQueueDeps {
  host: LlmHost;
  analyzer: Pick<Analyzer, 'analyze'>;
  settings(): {
    blind: boolean;
    temperature: number;
    maxTokens: number;
    vision: boolean;
    budgetMs: number;
    /** Tokens read and written over all requests of a symbol. */
    budgetTokens: number;
  };
  /** Measured records of both judges, known by then (UTC ms). */
  records(asOf: number): LanguageTask['records'];
  memoryText: LanguageTask['memoryText'];
  now(): number;
  /** Told whenever the state has changed. */
  changed(state: LanguageQueue): void;
  log?: Pick<Logger, 'error'>;
}

export interface LanguageWork {
  add(item: LanguageItem): void;
  state(): LanguageQueue;
  /** Ends when nothing waits; what is left after `cancel` is dropped. */
  idle(): Promise<void>;
  /** Whether there was anything to end. */
  cancel(): boolean;
  close(): Promise<void>;
}

/** Tokens of a symbol with all its rounds, as counted with the prompts of the product: read anew, and written. */
const TOKENS = { read: 1900, written: 800 };

/** What a symbol may take: as the last ones took, else by the rates that were measured; null where nothing was. */
export function expectedMs(
  { workMs, promptTokensPerSecond: read, generatedTokensPerSecond: written }: LlmRates,
  budgetMs: number,
) {
  if (workMs !== null) return workMs;
  if (read === null || written === null) return null;
  return Math.min(budgetMs, 1000 * (TOKENS.read / read + TOKENS.written / written));
}

/** What says nothing about the next symbol. */
const OF_ONE_SYMBOL: ReadonlySet<string> = new Set([
  'LLM_ANSWER_BAD',
  'LLM_TOO_LONG',
  'LLM_OVER_BUDGET',
  'LLM_NO_VISION',
]);

/** One symbol after another, each within its budget of time and tokens; a model that cannot be had empties the queue with one sentence. */
export function createLanguageQueue(deps: LanguageQueueDeps): LanguageWork {
  const waiting: LanguageItem[] = [];
  let meanMs: number | null = null;
  let current: { symbol: string; abort: AbortController } | null = null;
  let problem: string | null = null;
  let working: Promise<void> = Promise.resolve();
  let closed = false;

  const state = (): LanguageQueue => {
    const left = waiting.length + (current ? 1 : 0);
    const host = deps.host.state();
    if ('rates' in host) meanMs = expectedMs(host.rates, deps.settings().budgetMs) ?? meanMs;
    return {
      available: host.status !== 'none',
      model: host.status === 'ready' ? host.info.name : null,
      waiting: waiting.length,
      current: current?.symbol ?? null,
      meanMs,
      leftMs: meanMs === null ? null : meanMs * left,
      problem,
    };
  };
  const changed = () => deps.changed(state());

  const work = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      current = { symbol: item.numeric.symbol, abort: new AbortController() };
      changed();
      let began = deps.now();
      try {
        await unlessAborted(deps.host.get(), current.abort.signal);
        began = deps.now();
        item.done(await judged(deps, item, current.abort.signal));
        deps.host.worked(deps.now() - began);
        problem = null;
      } catch (error) {
        const { code, sentence } = toErrorData(error);
        if (code === 'INTERNAL') deps.log?.error({ err: error }, 'a second opinion failed');
        item.failed(sentence);
        problem = code === 'CANCELLED' ? null : sentence;
        if (code === 'LLM_OVER_BUDGET') deps.host.worked(deps.now() - began);
        if (code.startsWith('LLM_') && !OF_ONE_SYMBOL.has(code)) drop(sentence);
      }
      current = null;
      changed();
    }
  };
  const drop = (sentence: string) => {
    for (const item of waiting.splice(0)) item.failed(sentence);
  };
  const cancel = () => {
    const any = current !== null || waiting.length > 0;
    drop(new BrainnetError('CANCELLED').message);
    current?.abort.abort();
    if (any) changed();
    return any;
  };
  return {
    add(item) {
      if (closed) return item.failed(new BrainnetError('CLOSING').message);
      waiting.push(item);
      if (waiting.length === 1 && !current) working = working.then(work);
      changed();
    },
    state,
    idle: () => working,
    cancel,
    async close() {
      closed = true;
      cancel();
      await working;
    },
  };
}

/** A model is opened for all who wait for it: who leaves does not end that. @throws CANCELLED */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new BrainnetError('CANCELLED'));
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

async function judged(
  deps: LanguageQueueDeps,
  { task, numeric }: LanguageItem,
  cancelled: AbortSignal,
): Promise<Analysis> {
  const { budgetMs, budgetTokens, ...asked } = deps.settings();
  const { symbol } = numeric;
  const llm = metered(await deps.host.get(), { symbol, tokens: budgetTokens });
  const spent = AbortSignal.timeout(budgetMs);
  const signal = AbortSignal.any([cancelled, spent]);
  const language: LanguageTask = {
    judge: createLanguageJudge(llm, asked),
    records: deps.records(Date.parse(numeric.asOf)),
    numeric,
    memoryText: deps.memoryText,
  };
  try {
    return await deps.analyzer.analyze({ ...task, asOf: numeric.asOf, language, signal, onStage: () => {} });
  } catch (error) {
    if (spent.aborted && !cancelled.aborted)
      throw new BrainnetError('LLM_OVER_BUDGET', { symbol, limit: `${budgetMs / 1000} seconds (LLM_BUDGET_SECONDS)` });
    throw error;
  }
}

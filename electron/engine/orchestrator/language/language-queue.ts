import type { Decision, InstrumentRef, LanguageQueue } from '../../../../shared/domain/index.ts';
import { BrainnetError, toErrorData } from '../../../../shared/errors.ts';
import { type Llm, type LlmHost, type LlmRates, withinBudget } from '../../llm/index.ts';
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

/** What fails in judging and says nothing about the next symbol. */
const OF_ONE_SYMBOL: ReadonlySet<string> = new Set([
  'LLM_ANSWER_BAD',
  'LLM_NO_PROBABILITIES',
  'LLM_TOO_LONG',
  'LLM_OVER_BUDGET',
  'LLM_NO_VISION',
]);

/**
 * As many symbols at once as the model gains by, else one after another, each within its budget of time and tokens; a model that cannot be had,
 * which is whatever fails in opening it, empties the queue with one sentence.
 */
export function createLanguageQueue(deps: LanguageQueueDeps): LanguageWork {
  const waiting: LanguageItem[] = [];
  const running = new Map<LanguageItem, { abort: AbortController; ended: Promise<void> }>();
  let meanMs: number | null = null;
  let problem: string | null = null;
  let closed = false;

  const state = (): LanguageQueue => {
    const left = waiting.length + running.size;
    const host = deps.host.state();
    if ('rates' in host) meanMs = expectedMs(host.rates, deps.settings().budgetMs) ?? meanMs;
    return {
      available: host.status !== 'none',
      model: host.status === 'ready' ? host.info.name : null,
      waiting: waiting.length,
      current: [...running.keys()].map(({ numeric }) => numeric.symbol),
      meanMs,
      leftMs: meanMs === null ? null : meanMs * left,
      problem,
    };
  };
  const changed = () => deps.changed(state());

  const fill = () => {
    const host = deps.host.state();
    const together = host.status === 'ready' ? (host.info.together ?? 1) : 1;
    while (running.size < together && waiting.length > 0) begin(waiting.shift()!);
  };
  const begin = (item: LanguageItem) => {
    const abort = new AbortController();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    running.set(item, { abort, ended });
    const end = () => {
      running.delete(item);
      resolve();
      fill();
      changed();
    };
    void judge(item, abort.signal)
      .catch((error) => deps.log?.error({ err: error }, 'what became of a second opinion could not be told'))
      .then(end);
    changed();
  };
  const judge = async (item: LanguageItem, cancelled: AbortSignal) => {
    let began = deps.now();
    let together = 1;
    let opened = false;
    const worked = () => deps.host.worked((deps.now() - began) / together);
    try {
      const llm = await unlessAborted(deps.host.get(), cancelled);
      opened = true;
      fill();
      [began, together] = [deps.now(), running.size];
      item.done(await judged(deps, item, llm, cancelled));
      worked();
      problem = null;
    } catch (error) {
      const { code, sentence } = toErrorData(error);
      if (code === 'INTERNAL') deps.log?.error({ err: error }, 'a second opinion failed');
      item.failed(sentence);
      problem = code === 'CANCELLED' ? null : sentence;
      if (code === 'LLM_OVER_BUDGET') worked();
      if (!opened || (code.startsWith('LLM_') && !OF_ONE_SYMBOL.has(code))) drop(sentence);
    }
  };
  const drop = (sentence: string) => {
    for (const item of waiting.splice(0)) item.failed(sentence);
  };
  const idle = async () => {
    while (running.size > 0) await Promise.all([...running.values()].map(({ ended }) => ended));
  };
  const cancel = () => {
    const any = running.size > 0 || waiting.length > 0;
    drop(new BrainnetError('CANCELLED').message);
    for (const { abort } of running.values()) abort.abort();
    if (any) changed();
    return any;
  };
  return {
    add(item) {
      if (closed) return item.failed(new BrainnetError('CLOSING').message);
      waiting.push(item);
      fill();
      changed();
    },
    state,
    idle,
    cancel,
    async close() {
      closed = true;
      cancel();
      await idle();
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
  shared: Llm,
  cancelled: AbortSignal,
): Promise<Analysis> {
  const { budgetMs, budgetTokens, ...asked } = deps.settings();
  const { symbol } = numeric;
  const { together = 1 } = shared.info;
  return withinBudget(shared, { symbol, tokens: budgetTokens, ms: budgetMs, together }, cancelled, (llm, signal) => {
    const language: LanguageTask = {
      judge: createLanguageJudge(llm, asked),
      records: deps.records(Date.parse(numeric.asOf)),
      numeric,
      memoryText: deps.memoryText,
    };
    return deps.analyzer.analyze({ ...task, asOf: numeric.asOf, language, signal, onStage: () => {} });
  });
}

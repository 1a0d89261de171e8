import {
  type Adaptation,
  type AnalyzeRequest,
  type AsOf,
  type Decision,
  Feedback,
  type FeedbackInput,
  type InstrumentRef,
  type Stage,
} from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { type JournalReader, readableDecision, summarize } from '../decision/index.ts';
import type { Market, Series } from '../market/index.ts';
import { changesBetween } from './agent-router-changes.ts';
import { requireSymbol } from './agent-router-graph.ts';
import { requireFresh } from './graph/matter.ts';
import { asOfFor } from './requests.ts';
import { streamRun } from './run-stream.ts';
import type { Runs } from './runs.ts';

export interface TriggerOptions {
  signal?: AbortSignal | undefined;
  /** The user's word that live bars more than two sessions behind may be analyzed. */
  allowStale?: boolean | undefined;
  onStage?: ((stage: Stage) => void) | undefined;
}

export interface Triggered {
  /** As it was stored. */
  decision: Decision;
  /** Signal confidence C. */
  confidence: number;
  /** Rounds of refinement that brought another look. */
  refinements: number;
}

/** What is remembered of feedback. */
export interface FeedbackMemory {
  /** Keeps feedback as a memory, and folds it into the knowledge base; the memory's id. @throws DISK_FULL, FILE_UNWRITABLE */
  keep(feedback: Feedback, about: InstrumentRef, decision: Decision | null): string;
}

export interface AgentRouterDeps {
  market: Market;
  runs: Runs;
  journal: Pick<JournalReader, 'get' | 'latest'>;
  memory: FeedbackMemory;
}

/** The original's router: what an agent, a loop or a script asks for. */
export interface AgentRouter {
  /** One whole run on the series' source, interval and as-of; stored, and settled when its horizon has passed. @throws INVALID_INPUT, STALE_BARS, CANCELLED, and as an analysis */
  trigger(series: Series, symbol: string, options?: TriggerOptions): Promise<Triggered>;
  /**
   * Remembers feedback and analyzes anew: a decision on its own bars, a symbol on its newest.
   * @throws INVALID_INPUT, UNKNOWN_DECISION, UNKNOWN_SYMBOL, DISK_FULL, and as an analysis
   */
  adapt(feedback: FeedbackInput, options?: Pick<TriggerOptions, 'signal'>): Promise<Adaptation>;
}

export function createAgentRouter(deps: AgentRouterDeps): AgentRouter {
  return {
    async trigger(series, symbol, { signal, allowStale, onStage } = {}) {
      requireSymbol(series, symbol);
      if (!allowStale) requireFresh(series);
      const { source, interval } = series;
      const asOf = new Date(series.asOf).toISOString();
      const request = { symbols: [{ symbol: series.symbol, source, interval }], asOf, allowStale: true };
      const decision = await analyze(deps, request, { signal, onStage });
      return { decision, confidence: decision.confidence.value, refinements: decision.rounds.length - 1 };
    },
    async adapt(input, { signal } = {}) {
      const feedback = parsed(input);
      const subject = await subjectOf(deps, feedback, signal);
      const memoryId = deps.memory.keep(feedback, subject.ref, subject.before);
      const after = await analyze(deps, subject.request, { signal });
      return adaptation(feedback, memoryId, subject.before, after);
    },
  };
}

function parsed(input: FeedbackInput): Feedback {
  const result = Feedback.safeParse(input);
  if (result.success) return result.data;
  throw new BrainnetError('INVALID_INPUT', { problem: result.error.issues[0]?.message ?? 'it is no feedback' });
}

/** One symbol through the queue of runs, to its decision. */
async function analyze(
  { runs }: AgentRouterDeps,
  request: AnalyzeRequest,
  { signal, onStage }: TriggerOptions,
): Promise<Decision> {
  for await (const event of streamRun(runs, request, signal)) {
    if (event.type === 'progress') onStage?.(event.stage);
    if (event.type === 'decision') return event.decision;
    if (event.type === 'failure') throw new BrainnetError(event.error.code, event.error.details);
  }
  throw new BrainnetError('CANCELLED');
}

interface Subject {
  ref: InstrumentRef;
  before: Decision | null;
  request: AnalyzeRequest;
}

async function subjectOf(deps: AgentRouterDeps, feedback: Feedback, signal?: AbortSignal): Promise<Subject> {
  if (feedback.decisionId !== undefined) return ofDecision(deps.journal.get(feedback.decisionId));
  const { symbol, source, interval } = feedback;
  const wanted: InstrumentRef = { symbol: symbol!, ...(source && { source }), ...(interval && { interval }) };
  const found = await deps.market.resolve(wanted, signal);
  const ref = { symbol: symbol!, source: found.source, interval: found.interval };
  const asOf: AsOf | undefined = await asOfFor(deps.market, ref, undefined, signal);
  const newest = deps.journal.latest(ref, asOf);
  return { ref, before: newest && readableDecision(deps.journal, newest.id), request: { symbols: [ref] } };
}

function ofDecision(decision: Decision): Subject {
  const { symbol, source, interval, asOf, horizonBars, window } = decision;
  const ref = { symbol, source, interval };
  const request = { symbols: [ref], asOf, horizonBars, windowBars: window.bars, allowStale: true };
  return { ref, before: decision, request };
}

function adaptation({ words }: Feedback, memoryId: string, before: Decision | null, after: Decision): Adaptation {
  const changed = before ? changesBetween(before, after) : [];
  const sentence = `${verdict(before, after, changed.length)} ${(words && JUDGED[after.judge]) || ''}`.trim();
  return { memoryId, before: before && summarize(before), after: summarize(after), changed, sentence };
}

function verdict(before: Decision | null, after: Decision, changes: number): string {
  const from = 'What you said is known from now on, and analyses of earlier bars do not see it.';
  if (!before) return `There was no decision on ${after.symbol} to compare with. ${from}`;
  if (changes === 0)
    return `It is remembered, and it changed nothing: the decision is the same on the same bars. ${from}`;
  const fresh = before.asOf === after.asOf ? 'on the same bars' : 'on newer bars, which may be why';
  return `The new decision differs ${fresh}. ${from}`;
}

/** Whether the judge of a decision can follow words at all. */
const JUDGED: Partial<Record<string, string>> = {
  numeric:
    'The numeric judge reads prices and settled outcomes, not words: they stand beside its later decisions as evidence where it looks again.',
};

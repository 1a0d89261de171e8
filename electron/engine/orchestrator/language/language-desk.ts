import type { Decision, LanguageQueue, RunEvent } from '../../../../shared/domain/index.ts';
import { contentHash, type OutcomeStore, summarize, wilson } from '../../decision/index.ts';
import type { LlmHost } from '../../llm/index.ts';
import { type Clock, newDecisionId } from '../../platform/index.ts';
import type { Analyzer } from '../analyzer.ts';
import type { EventLog } from '../event-log.ts';
import type { LanguageTask } from '../graph/matter.ts';
import { type RecorderDeps, record } from '../recorder.ts';
import { createLanguageQueue, type LanguageItem, type LanguageQueueDeps } from './language-queue.ts';

export interface Followed {
  /** The numeric decision, stored already. */
  decision: Decision;
  task: LanguageItem['task'] extends infer T ? Omit<T, 'asOf'> : never;
  tell(event: RunEvent): void;
}

/** Lets a language model judge what the numeric judge has decided and stores what both together say. */
export interface LanguageDesk {
  /** Queues a decision; without any model at hand nothing is queued. */
  follow(followed: Followed): void;
  queue(): LanguageQueue;
  /** How the model stands, in one sentence. */
  sentence(): string;
  /** Tells every page how queue and model stand. */
  announce(): void;
  /** Ends what is judged and drops what waits; false where there was nothing. */
  cancel(): boolean;
  /** Ends when the queue is empty; an abort drops what waits. */
  idle(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface LanguageDeskDeps extends RecorderDeps {
  host: LlmHost;
  analyzer: Pick<Analyzer, 'analyze'>;
  outcomes: Pick<OutcomeStore, 'opinionRecords'>;
  memoryText: LanguageTask['memoryText'];
  settings: LanguageQueueDeps['settings'];
  log?: LanguageQueueDeps['log'];
  events: EventLog;
  clock: Clock;
}

export function createLanguageDesk(deps: LanguageDeskDeps): LanguageDesk {
  const { host, events, clock } = deps;
  const queue = createLanguageQueue({
    ...deps,
    now: clock.now,
    records: (asOf) => {
      const { numeric, language } = deps.outcomes.opinionRecords(asOf);
      return { numeric: recordOf(numeric), language: recordOf(language) };
    },
    changed: (state) => events.publish({ type: 'language', queue: state, sentence: sentenceOf(host) }),
  });
  return {
    follow({ decision, task, tell }) {
      if (host.state().status === 'none') return;
      const { runId, symbol } = decision;
      queue.add({
        task: { ...task, asOf: decision.asOf },
        numeric: decision,
        done({ content, embedding }) {
          const identity = { id: newDecisionId(), runId, createdAt: new Date(clock.now()).toISOString() };
          const joined: Decision = { ...identity, ...content, contentHash: contentHash(content) };
          record(deps, joined, embedding);
          tell({ type: 'decision', runId, decision: joined });
          events.publish({ type: 'decision', decision: summarize(joined) });
        },
        failed: (sentence) => tell({ type: 'language', runId, symbol, sentence }),
      });
    },
    queue: queue.state,
    sentence: () => sentenceOf(host),
    announce: () => events.publish({ type: 'language', queue: queue.state(), sentence: sentenceOf(host) }),
    cancel: queue.cancel,
    async idle(signal) {
      if (signal.aborted) queue.cancel();
      signal.addEventListener('abort', queue.cancel, { once: true });
      await queue.idle();
      signal.removeEventListener('abort', queue.cancel);
    },
    close: queue.close,
  };
}

function recordOf({ n, hits }: { n: number; hits: number }): LanguageTask['records']['numeric'] {
  if (n === 0) return null;
  const [low, high] = wilson(hits, n);
  return { n, hits, rate: hits / n, low, high };
}

function sentenceOf(host: LlmHost): string {
  const state = host.state();
  if (state.status === 'none' || state.status === 'failed') return `${state.sentence} The numeric judge decides.`;
  if (state.status === 'loading') return 'The language model is being loaded; the numeric decision comes first.';
  if (state.status === 'unloaded')
    return 'The language model is loaded when it is needed; the numeric decision comes first.';
  const { name, device, note } = state.info;
  return `${name} runs on ${device}${note ? `: ${note}` : '.'}`;
}

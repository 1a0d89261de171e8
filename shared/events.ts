import { z } from 'zod';
import { RunState } from './domain/analysis.ts';
import { DecisionSummary } from './domain/decision.ts';
import { LanguageQueue } from './domain/language.ts';

/**
 * What the engine tells every page. `seq` counts up by one; a reader that has fallen behind the kept tail gets `reset`
 * and asks for a snapshot. A run event carries the run's whole newest state.
 */
export const EngineEvent = z.discriminatedUnion('type', [
  z.object({ seq: z.int(), type: z.literal('run'), run: RunState }),
  z.object({ seq: z.int(), type: z.literal('decision'), decision: DecisionSummary }),
  z.object({ seq: z.int(), type: z.literal('watchlists') }),
  z.object({ seq: z.int(), type: z.literal('instruments') }),
  z.object({ seq: z.int(), type: z.literal('settings') }),
  /** Outcomes were settled. */
  z.object({ seq: z.int(), type: z.literal('outcomes'), settled: z.int() }),
  /** The schedule, its next or its last run. */
  z.object({ seq: z.int(), type: z.literal('schedule') }),
  /** The language model's queue, and how the model stands in one sentence. */
  z.object({ seq: z.int(), type: z.literal('language'), queue: LanguageQueue, sentence: z.string() }),
  /** Other heads of the network are in force. */
  z.object({ seq: z.int(), type: z.literal('heads') }),
  /** Something was written to the memory or pruned from it. */
  z.object({ seq: z.int(), type: z.literal('memory') }),
  z.object({ seq: z.int(), type: z.literal('reset') }),
]);
export type EngineEvent = z.infer<typeof EngineEvent>;

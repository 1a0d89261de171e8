import { Decision, isMemoryId, type Outcome } from '../../../shared/domain/index.ts';
import { type Journal, leanOf, type OutcomeStore, tripBegins } from '../decision/index.ts';
import type { SetupInput, SetupMemory } from '../memory/index.ts';
import { canonicalJson } from '../platform/index.ts';

export interface RecorderDeps {
  journal: Journal;
  memory: Pick<SetupMemory, 'addSetups'>;
  /** Runs `work` as one transaction of the journal. */
  together<T>(work: () => T): T;
}

/**
 * Stores a decision and the picture it was made on, both or neither; it is on disk when this returns.
 * @throws DISK_FULL, FILE_UNWRITABLE, and an Error where the decision is not of its schema: what is stored can be read again
 */
export function record(deps: RecorderDeps, decision: Decision, embedding: Float32Array): void {
  deps.together(() => storeDecision(deps, decision, embedding));
}

/** The same within the caller's transaction. @throws as `record` */
export function storeDecision(
  { journal, memory }: Pick<RecorderDeps, 'journal' | 'memory'>,
  decision: Decision,
  embedding: Float32Array,
): void {
  requireValid(decision);
  journal.add(decision);
  memory.addSetups([setupOf(decision, embedding)]);
}

function requireValid(decision: Decision): void {
  const { data, error } = Decision.safeParse(decision);
  const [issue] = error?.issues ?? [];
  if (issue)
    throw new Error(`the decision on ${decision.symbol} is not valid: ${issue.path.join('.')}: ${issue.message}`);
  if (canonicalJson(data) !== canonicalJson(decision))
    throw new Error(`the decision on ${decision.symbol} would be read otherwise than it is stored`);
}

export interface OutcomeRecorderDeps {
  outcomes: Pick<OutcomeStore, 'add' | 'get'>;
  memory: Pick<SetupMemory, 'resolve'>;
}

/** Stores an outcome with its decision's setup, within the caller's transaction. False = it was there. @throws DISK_FULL, FILE_UNWRITABLE */
export function storeOutcome({ outcomes, memory }: OutcomeRecorderDeps, outcome: Outcome, decision: Decision): boolean {
  if (!outcomes.add(outcome, decision)) return false;
  memory.resolve(outcome.decisionId, {
    knownAt: Date.parse(outcome.knownAt),
    begins: tripBegins(outcome, decision),
    late: outcomes.get(outcome.decisionId)?.late ?? false,
    longWon: outcome.long.result === 'win',
    shortWon: outcome.short.result === 'win',
    longReturn: outcome.long.grossReturn,
  });
  return true;
}

function setupOf(decision: Decision, embedding: Float32Array): SetupInput {
  const { symbol, source, interval, regime, horizonBars, costFraction } = decision;
  return {
    ...{ symbol, source, interval, regime, horizonBars, costFraction, embedding },
    decisionId: decision.id,
    side: leanOf({ ...decision, trendScore: decision.features.trend_score }).side,
    knownAt: Date.parse(decision.knownAt),
    from: Date.parse(decision.window.start),
    reading: decision.rounds[0]!.added[0]!.reading,
    origin: decision.origin ?? 'live',
    replayId: decision.replayId ?? null,
    inSample: decision.sampleStatus === 'training',
    recalled: decision.provenance.memoryIds.filter(isMemoryId),
  };
}

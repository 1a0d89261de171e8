import type { Decision } from '../../../shared/domain/index.ts';
import { type Journal, leanOf } from '../decision/index.ts';
import type { SetupInput, SetupMemory } from '../memory/index.ts';

export interface RecorderDeps {
  journal: Journal;
  memory: Pick<SetupMemory, 'addSetups'>;
  /** Runs `work` as one transaction of the journal. */
  together<T>(work: () => T): T;
}

/** Stores a decision and the picture it was made on, both or neither; it is on disk when this returns. @throws DISK_FULL, FILE_UNWRITABLE */
export function record({ journal, memory, together }: RecorderDeps, decision: Decision, embedding: Float32Array): void {
  together(() => {
    journal.add(decision);
    memory.addSetups([setupOf(decision, embedding)]);
  });
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
  };
}

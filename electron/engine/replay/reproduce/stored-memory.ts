import type { Decision } from '../../../../shared/domain/index.ts';
import { type JournalReader, leanOf, type OutcomeStore, readableDecision } from '../../decision/index.ts';
import type { NearestQuery, Neighbour, SetupMemory } from '../../memory/index.ts';

export interface StoredMemoryDeps {
  journal: Pick<JournalReader, 'get'>;
  outcomes: Pick<OutcomeStore, 'get'>;
  memory: SetupMemory;
}

/** The memory as a stored decision saw it: what it recalled is found again by its ids, whatever has been remembered since. */
export function storedMemory(deps: StoredMemoryDeps, decision: Decision): SetupMemory {
  const recalled = decision.rounds.flatMap(({ added }) =>
    added.flatMap((look) => (look.recalled ?? []).map(({ decisionId }) => decisionId)),
  );
  return {
    ...deps.memory,
    addSetups: () => {},
    resolve: () => {},
    async nearest(query) {
      if (query.side === undefined && recalled.length === 0)
        return (await deps.memory.nearest(query)).slice(0, statedCount(decision));
      const ids = query.side === undefined ? recalled : decision.provenance.memoryIds;
      const found = ids.flatMap((id) => neighbourOf(deps, id, query) ?? []);
      const meant = found.filter(({ side }) => query.side === undefined || side === query.side);
      return meant.sort((a, b) => a.distance - b.distance || (a.decisionId < b.decisionId ? -1 : 1)).slice(0, query.k);
    },
  };
}

/** How many setups were known where too few were, as the decision says it. */
function statedCount({ evidenceAgainst }: Decision): number {
  const told = evidenceAgainst.find(({ sentence }) => sentence.startsWith('The memory holds'));
  return Number(told?.sentence.match(/only (\d+)/)?.[1] ?? 0);
}

/** A remembered setup with its outcome as of then; null where the decision or its feature is gone. */
function neighbourOf(deps: StoredMemoryDeps, id: string, query: NearestQuery): Neighbour | null {
  const embedding = deps.memory.embedding(id);
  const decision = embedding && readableDecision(deps.journal, id);
  if (!decision) return null;
  const outcome = deps.outcomes.get(id);
  const known = outcome !== null && Date.parse(outcome.knownAt) <= query.asOf;
  const { symbol, source, interval, regime, horizonBars, costFraction } = decision;
  return {
    ...{ decisionId: id, symbol, source, interval, regime, horizonBars, costFraction },
    side: leanOf({ ...decision, trendScore: decision.features.trend_score }).side,
    knownAt: Date.parse(decision.knownAt),
    from: Date.parse(decision.window.start),
    reading: decision.rounds[0]!.added[0]!.reading,
    origin: decision.origin ?? 'live',
    replayId: decision.replayId ?? null,
    distance: distanceOf(embedding, query.embedding),
    outcome: known
      ? {
          knownAt: Date.parse(outcome.knownAt),
          longWon: outcome.long.result === 'win',
          shortWon: outcome.short.result === 'win',
          longReturn: outcome.long.grossReturn,
        }
      : null,
  };
}

function distanceOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

import { type Database, type HeldTrip, thinned } from '../../platform/index.ts';
import type { MemoryFaults } from '../faults.ts';
import { BY_END, TRIP } from '../setups/overlaps.ts';

/** Which written memories a decision was made with. */
export interface Recall {
  decisionId: string;
  memories: readonly string[];
}

/** Mean of 1 where the side won that a decision leant to, -1 where it lost and 0 where it came out flat, over `n` decisions. */
export interface Fared {
  mean: number;
  n: number;
}

export interface Recalls {
  /** Counts a recall of each, and ties it to the decision, once; in the caller's transaction where there is one. @throws DISK_FULL, FILE_UNWRITABLE */
  note(recall: Recall): void;
  /** Lets go of decisions that are removed. @throws DISK_FULL, FILE_UNWRITABLE */
  forget(decisionIds: readonly string[]): void;
}

export function createRecalls(database: Database, faults: MemoryFaults): Recalls {
  const tie = database.prepare(
    'INSERT OR IGNORE INTO memory_recalls (memory_id, decision_id) SELECT id, ? FROM memories WHERE id = ?',
  );
  const count = database.prepare('UPDATE memories SET recalled = recalled + 1 WHERE id = ?');
  const remove = database.prepare('DELETE FROM memory_recalls WHERE decision_id = ?');
  const writing = (work: () => void) => faults.guarded('what was recalled', () => database.transaction(work)());
  return {
    note: ({ decisionId, memories }) =>
      writing(() => {
        for (const id of memories) if (tie.run(decisionId, id).changes > 0) count.run(id);
      }),
    forget: (decisionIds) => writing(() => decisionIds.forEach((id) => void remove.run(id))),
  };
}

interface Row extends HeldTrip {
  memory: string;
  fared: number;
}

/**
 * How the decisions fared that memories were recalled for, as far as their outcomes were known by `asOf`: decisions out of sample and of the
 * memory's own origin, late ones left out, of a symbol's overlapping ones the first, a hold by the side that it leant to, as in P(correct). Nothing of it is stored, so that no later
 * outcome can move what was known earlier.
 * @param asOf UTC ms
 * @param id of one memory; left out: of each that has any
 */
export function faredBy(database: Database, asOf: number, id?: string): Map<string, Fared> {
  const rows = database
    .prepare(
      `SELECT memory, ${TRIP}, CASE side WHEN 'long' THEN long_won - short_won ELSE short_won - long_won END AS fared
       FROM (SELECT t.*, m.id AS memory FROM memory_recalls r JOIN memories m ON m.id = r.memory_id
         JOIN setups t ON t.decision_id = r.decision_id AND t.origin = m.origin AND t.replay_id IS m.replay_id
         WHERE t.in_sample = 0 AND t.late = 0 AND t.resolved_at <= ? ${id === undefined ? '' : 'AND r.memory_id = ?'})
       ORDER BY ${BY_END}`,
    )
    .all(asOf, ...(id === undefined ? [] : [id])) as Row[];
  const ofMemories = Map.groupBy(rows, ({ memory }) => memory);
  return new Map([...ofMemories].map(([memory, trips]) => [memory, meanOf(thinned(trips))]));
}

const meanOf = (trips: readonly { fared: number }[]): Fared => ({
  mean: trips.reduce((sum, { fared }) => sum + fared, 0) / trips.length,
  n: trips.length,
});

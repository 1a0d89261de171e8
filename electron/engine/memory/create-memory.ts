import type { Clock, Database } from '../platform/index.ts';
import type { Projection } from '../vision/index.ts';
import { createFaults } from './faults.ts';
import { createKnowledgeBase, type KnowledgeBase } from './knowledge/knowledge-base.ts';
import { createRecalls, type Recalls } from './records/recalls.ts';
import { createRecords, type Records } from './records/records.ts';
import { createSetupMemory } from './setups/setup-memory.ts';
import type { SetupMemory } from './types.ts';

/** All that is remembered: setups by likeness, written memories, and what was learnt from both. */
export interface Memory {
  setups: SetupMemory;
  records: Records;
  knowledge: KnowledgeBase;
  /** Which written memories decisions were made with; decisions that are stored with theirs need no other word. */
  recalls: Pick<Recalls, 'note'>;
  /** One sentence where something of it is damaged or incomplete; null where nothing is. */
  problem(): string | null;
}

export interface MemoryDeps {
  /** An open journal.db with MEMORY_MIGRATIONS. */
  database: Database;
  /** The shipped projection; asked for when first needed. */
  projection: () => Projection;
  clock: Clock;
  /** Told of each fault that was got over. */
  onFault: (error: unknown) => void;
}

export function createMemory({ database, projection, clock, onFault }: MemoryDeps): Memory {
  const faults = createFaults(onFault);
  const setups = createSetupMemory(database, projection, faults);
  const records = createRecords(database, clock, faults);
  const recalls = createRecalls(database, faults);
  const knowledge = createKnowledgeBase(database, records, clock, faults);
  return { setups: withRecalls(setups, recalls), records, recalls, knowledge, problem: faults.problem };
}

/** Setups come and go with what was recalled for their decisions. */
const withRecalls = (setups: SetupMemory, recalls: Recalls): SetupMemory => ({
  ...setups,
  addSetups(added) {
    setups.addSetups(added);
    for (const { decisionId, recalled = [] } of added)
      if (recalled.length > 0) recalls.note({ decisionId, memories: recalled });
  },
  forget(decisionIds) {
    setups.forget(decisionIds);
    recalls.forget(decisionIds);
  },
});

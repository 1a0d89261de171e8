import { RECORD_MIGRATIONS } from './records/schema.ts';
import { SETUP_MIGRATIONS } from './setups/schema.ts';

export { createMemory, type Memory, type MemoryDeps } from './create-memory.ts';
export { createFaults, type MemoryFaults } from './faults.ts';
export { createKnowledgeBase, type KnowledgeBase } from './knowledge/knowledge-base.ts';
export type { Note, NotesQuery } from './knowledge/notes.ts';
export type { Experience } from './knowledge/settled-setups.ts';
export { type ContextQuery, NO_CONTEXT, type WrittenContext } from './records/context.ts';
export type { RecordFilter } from './records/filter.ts';
export type { Recall, Recalls } from './records/recalls.ts';
export type { Provenance } from './records/record-store.ts';
export { createRecords, type Records } from './records/records.ts';
export type { RecordSearch } from './records/search.ts';
export { SETUP_BACKFILLS, SETUP_MIGRATIONS } from './setups/schema.ts';
export { createSetupMemory } from './setups/setup-memory.ts';
export type { NearestQuery, Neighbour, Picture, SetupInput, SetupMemory, SetupOutcome } from './types.ts';

/** Everything the memory keeps in journal.db: ids 20 to 29 and 34 to 37. */
export const MEMORY_MIGRATIONS = [...SETUP_MIGRATIONS, ...RECORD_MIGRATIONS];

import type {
  FoundMemory,
  MemoryImportReport,
  MemoryPage,
  PruneReport,
  PruneRule,
} from '../../../../shared/domain/index.ts';
import type { Clock, Database } from '../../platform/index.ts';
import type { MemoryFaults } from '../faults.ts';
import { ensureTables } from '../tables.ts';
import { type ContextQuery, contextOf, NO_CONTEXT, type WrittenContext } from './context.ts';
import { prune } from './prune.ts';
import { createRecordStore, type RecordStore } from './record-store.ts';
import { RECORD_TABLES } from './schema.ts';
import { type RecordSearch, searchRecords } from './search.ts';
import { exportPage, importLines } from './transfer.ts';
import { checkWords, mending, mendingLater } from './words-index.ts';

/** Written memories: keep, find, hand out, prune, carry away and take in. */
export interface Records extends Omit<RecordStore, 'byRow' | 'put'> {
  /** By words and by picture; what is not readable is found to be nothing, and told. */
  search(query: RecordSearch): Promise<FoundMemory[]>;
  /** As quoted data; counts as a recall of each, but `forDecision`, where noting the recall counts. */
  getContext(query: ContextQuery): Promise<WrittenContext>;
  prune(rule: PruneRule): PruneReport;
  /** Some records as JSON lines, after the `next` of the page before (0 at first). */
  exportPage(after: number): MemoryPage;
  /** Every record as JSON lines, oldest first. */
  export(): Iterable<string>;
  import(content: string): Promise<MemoryImportReport>;
}

/** The written memories of an open journal.db. */
export function createRecords(database: Database, clock: Clock, faults: MemoryFaults): Records {
  for (const { name, worthless, steps } of RECORD_TABLES) ensureTables(database, [name], steps, faults, worthless);
  checkWords(database, faults);
  const store = createRecordStore(database, clock, faults);
  const { byRow, put, ...open } = store;
  const reading = async <T>(work: () => Promise<T>, nothing: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      faults.tell(error);
      return nothing;
    }
  };
  return {
    ...open,
    search: (query) => reading(() => mendingLater(database, faults, () => searchRecords(database, store, query)), []),
    getContext: (query) =>
      reading(async () => {
        const context = await contextOf(database, store, query);
        if (!query.forDecision) store.recalled(context.ids);
        return context;
      }, NO_CONTEXT),
    prune: (rule) => mending(database, faults, () => prune(database, rule, clock.now())),
    exportPage: (after) => exportPage(database, after, clock.now()),
    *export() {
      for (let after: number | null = 0; after !== null; ) {
        const page: MemoryPage = exportPage(database, after, clock.now());
        yield page.content;
        after = page.next;
      }
    },
    import: (content) => importLines(database, store, content, clock.now()),
  };
}

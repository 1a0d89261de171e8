import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import type { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import { type Database, preparedOnce } from '../platform/index.ts';
import { loadLangGraph } from './graph/load.ts';
import type { AnalysisState } from './graph/state.ts';

/** Results of nodes, kept until their analysis is stored. LangGraph's saver is loaded at first use. */
export interface Checkpoints {
  saver(): Promise<SqliteSaver>;
  /** Whether anything was kept of a thread. */
  has(thread: string): boolean;
  /** Lets go what was kept of an analysis. */
  forget(thread: string): void;
  /** Lets go what was kept for runs that `owned` does not name. */
  sweep(owned: ReadonlySet<string>): void;
}

const TABLES = ['checkpoints', 'writes'] as const;

/** A thread is `RUN:INDEX:FINGERPRINT`: of which run, which of its symbols, and what its result rests on. */
export const threadOf = (analysis: string, fingerprint: string): string => `${analysis}:${fingerprint}`;

/** @param database a connection of its own, so that checkpoints cost no sync of the disk */
export function createCheckpoints(database: Database): Checkpoints {
  let saver: Promise<SqliteSaver> | null = null;
  let known = false;
  const prepared = preparedOnce(database);
  const made = () => {
    const found = () => database.prepare("SELECT count(*) FROM sqlite_master WHERE name IN ('checkpoints', 'writes')");
    known ||= found().pluck().get() === TABLES.length;
    return known;
  };
  const removed = database.transaction((where: string, values: readonly string[]) => {
    for (const table of TABLES) prepared(`DELETE FROM ${table} WHERE ${where}`).run(...values);
  });
  const remove = (where: string, ...values: string[]) => removed(where, values);
  return {
    saver() {
      saver ??= open(database);
      return saver;
    },
    has: (thread) =>
      made() && prepared('SELECT 1 FROM checkpoints WHERE thread_id = ? LIMIT 1').get(thread) !== undefined,
    forget(thread) {
      if (made()) remove('thread_id >= ? AND thread_id < ?', `${thread}:`, `${thread};`);
    },
    sweep(owned) {
      if (!made()) return;
      const threads = database.prepare('SELECT DISTINCT thread_id FROM checkpoints').pluck().all() as string[];
      for (const thread of threads) if (!owned.has(thread.split(':', 1)[0]!)) remove('thread_id = ?', thread);
    },
  };
}

/** What takes long to have again; every other node is a matter of milliseconds, and comes to the same. */
const COSTLY: readonly (keyof AnalysisState)[] = ['looks', 'words'];

/** The state is kept behind nodes that brought something costly, and there is one node at a time, whose single results need no keeping. */
async function open(database: Database): Promise<SqliteSaver> {
  await loadLangGraph();
  const { SqliteSaver } = await import('@langchain/langgraph-checkpoint-sqlite');
  const saver = new SqliteSaver(
    Object.assign(Object.create(database) as Database, { prepare: preparedOnce(database) }),
  );
  const put = saver.put.bind(saver);
  const lean: Pick<BaseCheckpointSaver, 'put' | 'putWrites'> = {
    async put(config, checkpoint, metadata, changed) {
      if (COSTLY.some((name) => name in changed)) return put(config, checkpoint, metadata);
      return { configurable: { ...config.configurable, checkpoint_id: checkpoint.id } };
    },
    putWrites: async () => {},
  };
  return Object.assign(saver, lean);
}

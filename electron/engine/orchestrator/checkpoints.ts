import type { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import type { Database } from '../platform/index.ts';

/** Results of nodes, kept until their analysis is stored. LangGraph's saver is loaded at first use. */
export interface Checkpoints {
  saver(): Promise<SqliteSaver>;
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
  const made = () => {
    const found = database.prepare("SELECT count(*) FROM sqlite_master WHERE name IN ('checkpoints', 'writes')");
    return found.pluck().get() === TABLES.length;
  };
  const remove = (where: string, ...values: string[]) =>
    database.transaction(() => {
      for (const table of TABLES) database.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...values);
    })();
  return {
    saver() {
      saver ??= open(database);
      return saver;
    },
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

async function open(database: Database): Promise<SqliteSaver> {
  const { SqliteSaver } = await import('@langchain/langgraph-checkpoint-sqlite');
  return new SqliteSaver(database);
}

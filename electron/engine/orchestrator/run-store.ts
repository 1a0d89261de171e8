import type { DecisionSummary, RunItem, RunState } from '../../../shared/domain/index.ts';
import type { Database, Migration } from '../platform/index.ts';

export const RUN_MIGRATIONS: readonly Migration[] = [
  {
    id: 3,
    name: 'runs',
    sql: `
      CREATE TABLE runs (
        rowid INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL,
        state TEXT NOT NULL
      ) STRICT;
    `,
  },
];

export interface RunStore {
  save(run: RunState): void;
  /** The newest runs first. */
  newest(limit: number): RunState[];
  get(id: string): RunState | null;
  /** Marks runs that an ended engine left running as interrupted; items without a stored decision count as cancelled. */
  closeInterrupted(now: string, decidedIn: (runId: string) => DecisionSummary[]): void;
}

/** The runs of an open journal.db. */
export function createRunStore(database: Database): RunStore {
  const upsert = database.prepare(
    `INSERT INTO runs (id, status, state) VALUES (@id, @status, @state)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, state = excluded.state`,
  );
  const newest = database.prepare('SELECT state FROM runs ORDER BY rowid DESC LIMIT ?').pluck();
  const one = database.prepare('SELECT state FROM runs WHERE id = ?').pluck();
  const open = database.prepare("SELECT state FROM runs WHERE status IN ('running', 'queued')").pluck();
  const save = (run: RunState) => void upsert.run({ id: run.id, status: run.status, state: JSON.stringify(run) });
  return {
    save,
    newest: (limit) => (newest.all(limit) as string[]).map((state) => JSON.parse(state)),
    get(id) {
      const state = one.get(id) as string | undefined;
      return state === undefined ? null : JSON.parse(state);
    },
    closeInterrupted(now, decidedIn) {
      const left = (open.all() as string[]).map((state) => JSON.parse(state) as RunState);
      for (const run of left) save(interrupted(run, now, decidedIn(run.id)));
    },
  };
}

function interrupted(run: RunState, now: string, decided: readonly DecisionSummary[]): RunState {
  const items = run.items.map((item): RunItem => {
    const decision = decided.find(({ symbol, source }) => symbol === item.symbol && source === (item.source ?? source));
    if (!decision) return { ...item, status: 'cancelled', stage: null };
    const { id: decisionId, source, action, confidence } = decision;
    return { ...item, status: 'done', stage: null, source, decisionId, action, confidence };
  });
  return { ...run, status: 'interrupted', endedAt: now, items, done: decided.length, leftMs: null };
}

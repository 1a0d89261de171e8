import type { DecisionSummary, RunItem, RunState } from '../../../shared/domain/index.ts';
import type { Database, Migration } from '../platform/index.ts';
import type { ResolvedRequest } from './requests.ts';

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
  { id: 13, name: 'settings of a run', sql: 'ALTER TABLE runs ADD COLUMN settings TEXT' },
];

/** A run that an ended engine left behind, with what it was begun with. */
export interface OpenRun {
  state: RunState;
  begun: ResolvedRequest;
}

export interface RunStore {
  /** @param begun kept with the run the first time it is given */
  save(run: RunState, begun?: ResolvedRequest): void;
  /** Runs that have not ended, the oldest first, with what of them is stored already. */
  open(decidedIn: (runId: string) => DecisionSummary[]): OpenRun[];
  /** The newest run that is marked as interrupted, as it would be taken up; null where there is none. */
  interrupted(decidedIn: (runId: string) => DecisionSummary[]): OpenRun | null;
  /** Ids of runs that may still be taken up. */
  unfinished(): Set<string>;
  /** The newest runs first. */
  newest(limit: number): RunState[];
  get(id: string): RunState | null;
  /** Marks runs that an ended engine left running as interrupted, `lost`: only those that cannot be taken up; items without a stored decision count as cancelled. */
  closeInterrupted(which: 'all' | 'lost', now: string, decidedIn: (runId: string) => DecisionSummary[]): void;
}

/** The runs of an open journal.db. */
export function createRunStore(database: Database): RunStore {
  const upsert = database.prepare(
    `INSERT INTO runs (id, status, state, settings) VALUES (@id, @status, @state, @settings)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, state = excluded.state`,
  );
  const newest = database.prepare('SELECT state FROM runs ORDER BY rowid DESC LIMIT ?').pluck();
  const one = database.prepare('SELECT state FROM runs WHERE id = ?').pluck();
  const withStatus = (statuses: string, order: string) =>
    database.prepare(
      `SELECT state, settings FROM runs WHERE status IN (${statuses}) AND json_extract(settings, '$.refs') IS NOT NULL ORDER BY rowid ${order}`,
    );
  const [open, broken] = [withStatus("'running', 'queued'", 'ASC'), withStatus("'interrupted'", 'DESC LIMIT 1')];
  const ending = database.prepare(
    `SELECT state FROM runs WHERE status IN ('running', 'queued') AND (? OR json_extract(settings, '$.refs') IS NULL)`,
  );
  const left = database.prepare("SELECT id FROM runs WHERE status IN ('running', 'queued', 'interrupted')").pluck();
  const save = (run: RunState, begun?: ResolvedRequest) => {
    const settings = begun ? JSON.stringify(begun) : null;
    upsert.run({ id: run.id, status: run.status, state: JSON.stringify(run), settings });
  };
  const parsed = (row: { state: string; settings: string }): OpenRun => ({
    state: JSON.parse(row.state),
    begun: JSON.parse(row.settings),
  });
  const openRuns = () => (open.all() as { state: string; settings: string }[]).map(parsed);
  return {
    save,
    newest: (limit) => (newest.all(limit) as string[]).map((state) => JSON.parse(state)),
    get(id) {
      const state = one.get(id) as string | undefined;
      return state === undefined ? null : JSON.parse(state);
    },
    closeInterrupted(which, now, decidedIn) {
      for (const row of ending.pluck().all(which === 'all' ? 1 : 0) as string[]) {
        const state: RunState = JSON.parse(row);
        save(interrupted(state, now, decidedIn(state.id)));
      }
    },
    open: (decidedIn) => openRuns().map((run) => waiting(run, decidedIn)),
    interrupted(decidedIn) {
      const row = broken.get() as { state: string; settings: string } | undefined;
      return row === undefined ? null : waiting(parsed(row), decidedIn);
    },
    unfinished: () => new Set(left.all() as string[]),
  };
}

const waiting = ({ state, begun }: OpenRun, decidedIn: (runId: string) => DecisionSummary[]): OpenRun => ({
  state: withDecided(state, decidedIn(state.id), 'waiting'),
  begun,
});

function interrupted(run: RunState, now: string, decided: readonly DecisionSummary[]): RunState {
  return { ...withDecided(run, decided, 'cancelled'), status: 'interrupted', endedAt: now, leftMs: null };
}

/** The run with every item that has a stored decision done, and the others that had not ended as `rest`. */
function withDecided(run: RunState, decided: readonly DecisionSummary[], rest: 'waiting' | 'cancelled'): RunState {
  const items = run.items.map((item): RunItem => {
    const decision = decided.find(({ symbol, source }) => symbol === item.symbol && source === (item.source ?? source));
    if (!decision) return item.status === 'failed' ? item : { ...item, status: rest, stage: null };
    const { id: decisionId, source, action, confidence } = decision;
    return { ...item, status: 'done', stage: null, source, decisionId, action, confidence };
  });
  return { ...run, items, done: decided.length };
}

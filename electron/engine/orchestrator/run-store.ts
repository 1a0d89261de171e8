import type { DecisionSummary, RunItem, RunState } from '../../../shared/domain/index.ts';
import type { Database, Migration } from '../platform/index.ts';
import type { AnalyzeSettings } from './analyze-settings.ts';

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

/** A run that an ended engine left behind, with the settings it was begun with. */
export interface OpenRun {
  state: RunState;
  settings: AnalyzeSettings | null;
}

export interface RunStore {
  /** @param settings kept with the run the first time they are given */
  save(run: RunState, settings?: AnalyzeSettings): void;
  /** Runs that have not ended, the oldest first, with what of them is stored already. */
  open(decidedIn: (runId: string) => DecisionSummary[]): OpenRun[];
  /** The newest runs first. */
  newest(limit: number): RunState[];
  get(id: string): RunState | null;
  /** Marks runs that an ended engine left running as interrupted; items without a stored decision count as cancelled. */
  closeInterrupted(now: string, decidedIn: (runId: string) => DecisionSummary[]): void;
}

/** The runs of an open journal.db. */
export function createRunStore(database: Database): RunStore {
  const upsert = database.prepare(
    `INSERT INTO runs (id, status, state, settings) VALUES (@id, @status, @state, @settings)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, state = excluded.state`,
  );
  const newest = database.prepare('SELECT state FROM runs ORDER BY rowid DESC LIMIT ?').pluck();
  const one = database.prepare('SELECT state FROM runs WHERE id = ?').pluck();
  const open = database.prepare(
    "SELECT state, settings FROM runs WHERE status IN ('running', 'queued') ORDER BY rowid",
  );
  const save = (run: RunState, settings?: AnalyzeSettings) => {
    const kept = settings ? JSON.stringify(settings) : null;
    upsert.run({ id: run.id, status: run.status, state: JSON.stringify(run), settings: kept });
  };
  const openRuns = (): OpenRun[] =>
    (open.all() as { state: string; settings: string | null }[]).map(({ state, settings }) => ({
      state: JSON.parse(state),
      settings: settings === null ? null : JSON.parse(settings),
    }));
  return {
    save,
    newest: (limit) => (newest.all(limit) as string[]).map((state) => JSON.parse(state)),
    get(id) {
      const state = one.get(id) as string | undefined;
      return state === undefined ? null : JSON.parse(state);
    },
    closeInterrupted(now, decidedIn) {
      for (const { state } of openRuns()) save(interrupted(state, now, decidedIn(state.id)));
    },
    open: (decidedIn) =>
      openRuns().map(({ state, settings }) => ({
        state: withDecided(state, decidedIn(state.id), 'waiting'),
        settings,
      })),
  };
}

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

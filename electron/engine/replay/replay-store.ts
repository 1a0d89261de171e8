import { ReplayState } from '../../../shared/domain/index.ts';
import type { AnalyzeSettings } from '../orchestrator/index.ts';
import { canonicalJson, type Database } from '../platform/index.ts';

/** A replay as it is stored: its state, and the settings that shaped its decisions when it began. */
export interface StoredReplay {
  state: ReplayState;
  settings: AnalyzeSettings;
  /** The last window that is behind it: its time (UTC ms) and its instrument; null before the first. */
  cursor: Cursor | null;
}

export interface Cursor {
  asOf: number;
  key: string;
}

export interface ReplayStore {
  /** In the caller's transaction where there is one. */
  save(replay: StoredReplay): void;
  get(id: string): StoredReplay | null;
  /** Newest first. */
  list(): ReplayState[];
  drop(id: string): void;
  /** Ids of some of its decisions, at most `limit`. */
  decisionsOf(id: string, limit: number): string[];
  /** Rowids of live decisions after one, at most `limit`, each with whether it recalled a decision of the replay. */
  liveAfter(id: string, rowid: number, limit: number): { rowid: number; rests: number }[];
  /** Removes decisions with their outcomes. */
  removeDecisions(ids: readonly string[]): void;
}

/** The replays of an open journal.db; what an ended engine left running is marked as interrupted. */
export function createReplayStore(database: Database): ReplayStore {
  const put = database.prepare(
    `INSERT INTO replays (id, started_at, body) VALUES (@id, @startedAt, @body)
     ON CONFLICT (id) DO UPDATE SET body = @body`,
  );
  const one = database.prepare('SELECT body FROM replays WHERE id = ?').pluck();
  const all = database.prepare('SELECT body FROM replays ORDER BY started_at DESC, id').pluck();
  const drop = database.prepare('DELETE FROM replays WHERE id = ?');
  const some = database.prepare('SELECT id FROM decisions WHERE replay_id = ? LIMIT ?').pluck();
  const live = database.prepare(
    `SELECT d.rowid, json_valid(d.body) AND EXISTS (
         SELECT 1 FROM json_each(d.body, '$.provenance.memoryIds') m JOIN decisions r ON r.id = m.value
         WHERE r.replay_id = ?) AS rests
       FROM decisions d WHERE d.origin = 'live' AND d.rowid > ? ORDER BY d.rowid LIMIT ?`,
  );
  const remove = database.prepare('DELETE FROM decisions WHERE id = ?');
  const parse = (body: unknown): StoredReplay => {
    const stored = JSON.parse(body as string) as StoredReplay;
    return { ...stored, state: ReplayState.parse(stored.state) };
  };
  const store: ReplayStore = {
    save(replay) {
      const { id, startedAt } = replay.state;
      put.run({ id, startedAt, body: canonicalJson(replay) });
    },
    get(id) {
      const body = one.get(id);
      return body === undefined ? null : parse(body);
    },
    list: () => all.all().map((body) => parse(body).state),
    drop: (id) => void drop.run(id),
    decisionsOf: (id, limit) => some.all(id, limit) as string[],
    liveAfter: (id, rowid, limit) => live.all(id, rowid, limit) as { rowid: number; rests: number }[],
    removeDecisions: (ids) => {
      for (const id of ids) remove.run(id);
    },
  };
  for (const { id, status } of store.list()) if (status === 'running') interrupt(store, id);
  return store;
}

function interrupt(store: ReplayStore, id: string): void {
  const stored = store.get(id)!;
  store.save({ ...stored, state: { ...stored.state, status: 'interrupted', leftMs: null, ratePerSecond: null } });
}

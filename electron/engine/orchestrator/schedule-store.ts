import { SCHEDULE_DEFAULTS, ScheduleSettings, ScheduleState } from '../../../shared/domain/index.ts';
import { type Database, diskError, type Migration } from '../platform/index.ts';

export const SCHEDULE_MIGRATIONS: readonly Migration[] = [
  {
    id: 14,
    name: 'schedule',
    sql: 'CREATE TABLE schedule (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT',
  },
];

export interface KeptSchedule {
  settings: ScheduleSettings;
  lastRun: ScheduleState['lastRun'];
  /** When it last ran or was switched on, UTC ms; runs due since then were missed. */
  since: number;
}

export interface ScheduleStore {
  get(): KeptSchedule;
  /** @throws DISK_FULL, FILE_UNWRITABLE */
  put(schedule: KeptSchedule): void;
}

/** The one saved schedule of an open journal.db. */
export function createScheduleStore(database: Database): ScheduleStore {
  const one = database.prepare('SELECT body FROM schedule WHERE id = 1').pluck();
  const put = database.prepare(
    'INSERT INTO schedule (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  );
  return {
    get: () => keptOf(one.get() as string | undefined),
    put(schedule) {
      try {
        put.run(JSON.stringify(schedule));
      } catch (error) {
        throw diskError(error, 'the schedule');
      }
    },
  };
}

function keptOf(body: string | undefined): KeptSchedule {
  const kept = body === undefined ? {} : (JSON.parse(body) as Partial<KeptSchedule>);
  const settings = ScheduleSettings.safeParse(kept.settings);
  const lastRun = ScheduleState.shape.lastRun.safeParse(kept.lastRun);
  return {
    settings: settings.success ? settings.data : SCHEDULE_DEFAULTS,
    lastRun: lastRun.success ? lastRun.data : null,
    since: kept.since ?? 0,
  };
}

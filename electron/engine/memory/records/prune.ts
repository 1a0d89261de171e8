import { type PruneReport, PruneRule, RATE_LEAST } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { type Database, diskError } from '../../platform/index.ts';
import { faredBy } from './recalls.ts';
import { type RecordRow, ratedRecord, recordOf } from './record-row.ts';
import { problemOf } from './record-store.ts';

const DAY = 86_400_000;
const EXAMPLES = 20;

/**
 * Removes what is old and was not useful, or says what it would remove: what was recalled too rarely, and what was recalled for at least ten
 * decisions that went badly on the mean. Trades, setups, decisions and outcomes are never touched.
 * @param now UTC ms
 * @throws INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE
 */
export function prune(database: Database, given: PruneRule, now: number): PruneReport {
  const parsed = PruneRule.safeParse(given);
  if (!parsed.success) throw new BrainnetError('INVALID_INPUT', { problem: problemOf(parsed.error) });
  const { olderThanDays, recalledAtMost, kinds, dryRun } = parsed.data;
  const fared = faredBy(database, now);
  const bad = [...fared].filter(([, { mean, n }]) => mean < 0 && n >= RATE_LEAST).map(([id]) => id);
  const useless = '(recalled <= ? OR id IN (SELECT value FROM json_each(?)))';
  const where = `kind IN (${kinds.map(() => '?').join(', ')}) AND known_at < ? AND ${useless}`;
  const values = [...kinds, now - olderThanDays * DAY, recalledAtMost, JSON.stringify(bad)];
  const examples = database.prepare(`SELECT * FROM memories WHERE ${where} ORDER BY known_at, id LIMIT ${EXAMPLES}`);
  const report = {
    dryRun,
    examples: (examples.all(...values) as RecordRow[]).map((row) => ratedRecord(recordOf(row), fared.get(row.id))),
    count: database
      .prepare(`SELECT count(*) FROM memories WHERE ${where}`)
      .pluck()
      .get(...values) as number,
  };
  if (!dryRun) remove(database, where, values);
  const total = database.prepare('SELECT count(*) FROM memories').pluck().get() as number;
  return { ...report, kept: dryRun ? total - report.count : total };
}

function remove(database: Database, where: string, values: readonly (string | number)[]): void {
  try {
    database.transaction(() => {
      database.prepare(`DELETE FROM memories WHERE ${where}`).run(...values);
      database.prepare('DELETE FROM memory_recalls WHERE memory_id NOT IN (SELECT id FROM memories)').run();
    })();
  } catch (error) {
    throw diskError(error, 'the memory');
  }
}

import { type PruneReport, PruneRule } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { type Database, diskError } from '../../platform/index.ts';
import { type RecordRow, recordOf } from './record-row.ts';
import { problemOf } from './record-store.ts';

const DAY = 86_400_000;
const EXAMPLES = 20;

/**
 * Removes what is old and was not useful, or says what it would remove. Trades, setups, decisions and outcomes are never touched.
 * @param now UTC ms
 * @throws INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE
 */
export function prune(database: Database, given: PruneRule, now: number): PruneReport {
  const parsed = PruneRule.safeParse(given);
  if (!parsed.success) throw new BrainnetError('INVALID_INPUT', { problem: problemOf(parsed.error) });
  const { olderThanDays, recalledAtMost, kinds, dryRun } = parsed.data;
  const where = `kind IN (${kinds.map(() => '?').join(', ')}) AND known_at < ? AND (recalled <= ? OR fared_sum < 0)`;
  const values = [...kinds, now - olderThanDays * DAY, recalledAtMost];
  const examples = database.prepare(`SELECT * FROM memories WHERE ${where} ORDER BY known_at, id LIMIT ${EXAMPLES}`);
  const report = {
    dryRun,
    examples: (examples.all(...values) as RecordRow[]).map(recordOf),
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
    database.prepare(`DELETE FROM memories WHERE ${where}`).run(...values);
  } catch (error) {
    throw diskError(error, 'the memory');
  }
}

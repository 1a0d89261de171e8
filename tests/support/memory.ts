import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/** Has imported memories known since the date that their file says, as if they had been told to this journal then. */
export function knowSinceWritten(dataDir: string): void {
  const database = new BetterSqlite3(path.join(dataDir, 'journal.db'));
  database.exec(
    "UPDATE memories SET known_at = 1000 * unixepoch(json_extract(data, '$.knownElsewhere')) WHERE json_extract(data, '$.knownElsewhere') IS NOT NULL",
  );
  database.close();
}

import type BetterSqlite3 from 'better-sqlite3';
import type { Database } from './database.ts';

/**
 * `database.prepare` that makes a statement of the same text once: making one costs more than running it. Its users share it, so the same
 * text must always be read the same way (`pluck` or not), and never while it is being iterated.
 */
export function preparedOnce(database: Database): (sql: string) => BetterSqlite3.Statement {
  const statements = new Map<string, BetterSqlite3.Statement>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  };
}

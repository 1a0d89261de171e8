import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { preparedOnce } from '../../../electron/engine/platform/index.ts';

it('gives one statement for one text, which sees what others have written', () => {
  const database = new BetterSqlite3(':memory:');
  database.exec('CREATE TABLE t (a INTEGER)');
  const prepared = preparedOnce(database);
  const count = 'SELECT count(*) AS n FROM t';
  expect(prepared(count).get()).toEqual({ n: 0 });
  database.exec('INSERT INTO t VALUES (1)');
  expect(prepared(count).get()).toEqual({ n: 1 });
  expect(prepared(count)).toBe(prepared(count));
  expect(prepared('SELECT 1')).not.toBe(prepared(count));
  database.close();
});

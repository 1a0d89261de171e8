import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder, testEngine } from '../../support/engine.ts';
import { damageDecisions, storeDecisions, storedDecision } from '../../support/journal.ts';
import { bearer, testServer } from '../../support/transports.ts';

const SENTENCE =
  /^The database .*journal\.db is damaged; the next start sets it aside, and nothing in it was changed\.$/;
let dataDir: string;
let engine: Engine;
let stored: Decision[];

beforeEach(async () => {
  dataDir = temporaryFolder('damage');
  stored = Array.from({ length: 40 }, (_, i) => storedDecision({ symbol: `S${i}` }));
  storeDecisions(dataDir, stored);
  engine = await testEngine({ dataDir });
});
afterEach(() => engine.close());

const ask = async (work: Promise<unknown>) => work.then(() => null).catch((error) => [error.code, error.message]);
const told = ['DATABASE_DAMAGED', expect.stringMatching(SENTENCE)];

describe('a journal that becomes damaged under a running engine', () => {
  it('is said to be, in the list and for one decision, and what needs none of it goes on', async () => {
    damageDecisions(dataDir);
    expect(await ask(engine.client.decisions.list({}))).toEqual(told);
    expect(await ask(engine.client.decisions.get({ id: stored[3]!.id }))).toEqual(told);
    expect((await engine.client.market.instruments()).length).toBeGreaterThan(0);
  });

  it('is said to be over HTTP', async () => {
    damageDecisions(dataDir);
    const server = await testServer(engine.router);
    const post = async (name: string, body: object) => {
      const answer = await fetch(`http://127.0.0.1:${server.port}/api/decisions/${name}`, {
        method: 'POST',
        headers: { ...bearer(server), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await answer.json()) as { code: string; message: string };
    };
    for (const answer of [await post('list', {}), await post('get', { id: stored[3]!.id })])
      expect([answer.code, answer.message]).toEqual(told);
    await server.close();
  });

  it('is said to be on the command line, beside the engine', async () => {
    damageDecisions(dataDir);
    for (const args of [['decisions'], ['decision', stored[3]!.id]]) {
      const { code, stderr } = await runCli([...args, '--data-dir', dataDir]);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^DATABASE_DAMAGED: The database .* is damaged/)]);
    }
  });

  it('says of a decision whose text cannot be read that it is damaged, without promising a start that mends it', async () => {
    const database = new BetterSqlite3(path.join(dataDir, 'journal.db'));
    database.prepare("UPDATE decisions SET body = '{' WHERE id = ?").run(stored[3]!.id);
    database.close();
    expect(await ask(engine.client.decisions.get({ id: stored[3]!.id }))).toEqual([
      'DECISION_DAMAGED',
      expect.stringMatching(/cannot be read \(it is not JSON\); nothing in it was changed/),
    ]);
    expect((await engine.client.decisions.list({})).total).toBe(40);
  });

  it('is set aside by the next start, as the sentence says', async () => {
    damageDecisions(dataDir);
    await engine.close();
    engine = await testEngine({ dataDir });
    expect(engine.notices.join()).toMatch(/journal\.db is damaged; it was set aside as/);
    expect((await engine.client.decisions.list({})).total).toBe(0);
  });
});

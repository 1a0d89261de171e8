import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { createMemory } from '../../../electron/engine/memory/index.ts';
import { seeded, temporaryFolder } from '../../support/engine.ts';
import { openJournal, projection, vector } from './support.ts';

const KILLS = 8;

/** What a writer acknowledged before it was killed after `lines` lines. */
async function killedAfter(dir: string, from: number, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'killed-child.ts'), dir, String(from)]);
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === lines) child.kill('SIGKILL');
  }
  return said;
}

describe('a writer that is killed', () => {
  it('loses nothing that it had acknowledged, stores nothing twice, and can be searched on', async () => {
    const dir = temporaryFolder('memory');
    const random = seeded(5);
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      acknowledged.push(...(await killedAfter(dir, kill * 10_000, 1 + Math.floor(40 * random()))));
    }
    const database = openJournal(dir);
    const memory = createMemory({
      database,
      projection: () => projection,
      clock: { now: Date.now },
      onFault: () => {},
    });
    const idsOf = (kind: string) =>
      acknowledged.filter((line) => line.startsWith(kind)).map((line) => line.split(' ')[1]!);
    expect(idsOf('note').filter((id) => memory.records.get(id) === null)).toEqual([]);
    expect(idsOf('setup').filter((id) => memory.setups.embedding(id) === null)).toEqual([]);
    const count = memory.setups.count();
    expect(count.settled).toBe(count.setups);
    expect(count.setups - idsOf('setup').length).toBeLessThanOrEqual(KILLS * 40);
    const found = await memory.records.search({ text: 'number killed', asOf: Date.now(), limit: 5 });
    expect(found.length).toBeGreaterThan(0);
    const asked = { embedding: vector(1), k: 1000, asOf: Date.now(), resolved: true, origin: 'live' } as const;
    const near = await memory.setups.nearest(asked);
    expect(new Set(near.map(({ decisionId }) => decisionId)).size).toBe(near.length);
    expect(near.length).toBe(Math.min(1000, count.setups));
    expect(memory.problem()).toBeNull();
  });
});

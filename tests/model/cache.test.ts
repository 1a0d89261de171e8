import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../electron/engine/platform/index.ts';
import { type Convnext, networkInput, VISION_CACHE_MIGRATIONS } from '../../electron/engine/vision/index.ts';
import { open, PARITY } from './support.ts';

const [x, other] = PARITY.slice(0, 2).map(({ close }) => networkInput(Float64Array.from(close))) as [
  Float64Array,
  Float64Array,
];
const HASH = 'a'.repeat(64);
let folder: string;
let database: Database;
const opened: Convnext[] = [];

const openCached = async (threads = 2) => {
  const network = await open({ cache: database, threads });
  opened.push(network);
  return network;
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'brainnet-cache-'));
  database = openDatabase({
    file: path.join(folder, 'cache.db'),
    migrations: VISION_CACHE_MIGRATIONS,
    synchronous: 'NORMAL',
  });
});
afterEach(async () => {
  for (const network of opened.splice(0)) await network.close();
  database.close();
  rmSync(folder, { recursive: true });
});

describe('the cache of readings', () => {
  it('gives the same bytes again, also after a restart', async () => {
    const first = await (await openCached()).predict(x, HASH);
    const again = await (await openCached()).predict(x, HASH);
    expect([first.cached, again.cached]).toEqual([false, true]);
    expect(again.inferenceMs).toBe(0);
    for (const part of ['logits', 'reading', 'embedding'] as const) expect(again[part]).toEqual(first[part]);
  });

  it('is not asked without a hash, and keeps windows and thread counts apart', async () => {
    const network = await openCached();
    await network.predict(x, HASH);
    expect((await network.predict(x)).cached).toBe(false);
    expect((await network.predict(other, 'b'.repeat(64))).cached).toBe(false);
    expect((await (await openCached(1)).predict(x, HASH)).cached).toBe(false);
  });

  it.each([
    ['altered', 'UPDATE convnext_answers SET logits = zeroblob(44)'],
    ['cut short', "UPDATE convnext_answers SET embedding = x'00'"],
    ['gone with its table', 'DROP TABLE convnext_answers'],
  ])('never fails a reading when an entry is %s', async (_, damage) => {
    const network = await openCached();
    const first = await network.predict(x, HASH);
    database.exec(damage);
    const again = await network.predict(x, HASH);
    expect(again.cached).toBe(false);
    expect(again.logits).toEqual(first.logits);
  });

  it('never fails a reading when it cannot be written or was closed', async () => {
    const network = await openCached();
    database.pragma('query_only = ON');
    expect((await network.predict(x, HASH)).cached).toBe(false);
    database.close();
    expect((await network.predict(x, HASH)).cached).toBe(false);
  });
});

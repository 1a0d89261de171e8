import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeVersion } from '../../../../electron/engine/vision/finetune/compose-version.ts';
import { openHeadsStore } from '../../../../electron/engine/vision/finetune/heads-store.ts';
import { seeded, temporaryFolder } from '../../../support/engine.ts';
import { BASE, versionInput } from './versions.ts';

/** `npm run test:faults` kills 50 times; `npm test` takes a sample. */
const KILLS = Number(process.env.FAULT_KILLS ?? 4);
const CHILD = path.join(import.meta.dirname, 'killed-child.ts');

/** Runs the child and kills it `afterMs` after it has said its `line`-th line; what it said last about a version. */
function kill(what: 'run' | 'write' | 'first', dir: string, line: number, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, what, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let counting = true;
  child.stdout.on('data', (data) => {
    said += data;
    if (!counting || said.split('\n').length <= line) return;
    counting = false;
    setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  return new Promise((resolve) => {
    child.on('close', () => resolve([...said.matchAll(/kept (h-\S+)\n/g)].map((match) => match[1]!)));
  });
}

describe('a process killed at a random moment', () => {
  it(`${KILLS} times while fine-tuning: the old heads are in force, or the new ones that it had reported`, async () => {
    const random = seeded(3);
    for (let i = 0; i < KILLS; i++) {
      const dir = path.join(temporaryFolder('kill-run'), 'heads');
      const old = openHeadsStore(dir, BASE).keep(composeVersion(versionInput({ seed: 7 }))).content.id;
      const kept = await kill('run', dir, Math.ceil(random() * 120), random() * 50);
      const after = openHeadsStore(dir, BASE);
      expect(after.problem()).toBe(null);
      const id = after.inForce()?.content.id;
      if (kept.length > 0) expect(id).toBe(kept.at(-1));
      else if (id !== old) expect(after.list().versions.map((version) => version.id)).toContain(id);
    }
  }, 300_000);

  it(`${KILLS} times while keeping the first version of a folder: it or the shipped heads are in force, and neither for want of a file`, async () => {
    const random = seeded(5);
    for (let i = 0; i < KILLS; i++) {
      const dir = temporaryFolder('kill-first');
      const kept = await kill('first', dir, 1 + Math.ceil(random() * 10), random() * 40);
      const folders = readdirSync(dir).map((name) => openHeadsStore(path.join(dir, name), BASE));
      expect(folders.map((store) => store.problem())).toEqual(folders.map(() => null));
      expect(folders.filter((store) => store.inForce()).length).toBeGreaterThanOrEqual(kept.length);
    }
  }, 300_000);

  it(`${KILLS} times while writing version after version: one of them is in force, whole, and none reported is lost`, async () => {
    const random = seeded(4);
    for (let i = 0; i < KILLS; i++) {
      const dir = path.join(temporaryFolder('kill-write'), 'heads');
      const kept = await kill('write', dir, 3 + Math.ceil(random() * 10), random() * 40);
      const after = openHeadsStore(dir, BASE);
      expect(after.problem()).toBe(null);
      const { versions, unusable, inForce } = after.list();
      expect(unusable).toEqual([]);
      const ids = versions.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(kept));
      expect([kept.at(-1), ids.find((id) => !kept.includes(id))]).toContain(inForce);
    }
  }, 300_000);
});

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded, temporaryFolder } from '../support/engine.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { canMount, mountSmallDisk } from '../support/small-disk.ts';
import { BYTES, bring, CONTENT, LONG, LONG_SPEC, SPEC, smallFiles } from '../unit/llm/files/support.ts';

/** `npm run test:faults` kills 20 times; `npm test` takes a sample. */
const KILLS = process.env.FAULT_KILLS ? 20 : 6;
const CHILD = path.join(import.meta.dirname, '..', 'unit', 'llm', 'files', 'download-child.ts');

/** Lets a process download, and kills it at a random moment after it began to. */
function downloadAndKill(dataDir: string, mirror: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [CHILD, dataDir, mirror], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), afterMs));
  return new Promise((resolve) => child.once('close', () => resolve()));
}

describe('a download whose process is killed', () => {
  it(`${KILLS} times at random points goes on from there each time, and verifies`, async () => {
    const server = await startModelServer(LONG.length, { slowMs: 5 });
    const random = seeded(11);
    const dataDir = temporaryFolder('killed');
    const target = path.join(dataDir, 'models', LONG_SPEC.file);
    const left = [0];
    for (let i = 0; i < KILLS; i++) {
      await downloadAndKill(dataDir, server.address, (random() * 1500) / KILLS);
      expect(existsSync(target)).toBe(false);
      left.push(statSync(`${target}.part`, { throwIfNoEntry: false })?.size ?? 0);
    }
    expect([...left].sort((a, b) => a - b)).toEqual(left);
    expect(left.at(-1)).toBeGreaterThan(0);
    const files = smallFiles(dataDir, server.address, { spec: LONG_SPEC });
    expect(files.list().job).toMatchObject({ status: 'paused', done: left.at(-1) });
    expect((await bring(files)).status).toBe('done');
    const begun = (await server.asked()).map(({ range }) => Number(/\d+/.exec(range ?? '0')![0]));
    for (const from of begun) expect(left).toContain(from);
    expect(new Set(begun).size).toBeGreaterThan(KILLS / 3);
    expect(readFileSync(target).equals(LONG)).toBe(true);
    expect((await files.forUse()).known).toBe(true);
    server.stop();
  });
});

describe.skipIf(!canMount())('on a disk of its own', () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer(BYTES);
  });
  afterAll(() => server.stop());

  it('too small a disk is said before anything is asked', async () => {
    await server.set({});
    await server.asked();
    const disk = mountSmallDisk('400k')!;
    try {
      const end = await bring(smallFiles(disk.dir, server.address));
      expect(end.error).toMatchObject({ code: 'MODEL_NO_SPACE' });
      expect(end.error!.sentence).toMatch(/^The download needs 0\.6 MB more, and the disk of .+ has 0\.4 MB free;/);
      expect(await server.asked()).toEqual([]);
    } finally {
      disk.unmount();
    }
  });

  it('a disk that fills up meanwhile leaves the model in use where it was, and the rest comes once there is room', async () => {
    const disk = mountSmallDisk('2m')!;
    try {
      const own = path.join(temporaryFolder('own'), 'mine.gguf');
      writeFileSync(own, CONTENT.subarray(0, 100_000));
      const files = smallFiles(disk.dir, server.address);
      await files.use(own);
      await server.set({ slowMs: 20 });
      files.download();
      for await (const { done } of files.follow()) {
        if (done === 0) continue;
        disk.fill(128);
        break;
      }
      let end = files.list().job!;
      for await (const state of files.follow()) end = state;
      expect(end).toMatchObject({ status: 'failed', error: { code: 'DISK_FULL' } });
      expect(await files.forUse()).toMatchObject({ path: own, known: false });
      expect(files.list().inUse).toMatchObject({ path: own, check: 'own' });
      disk.drain();
      expect(await bring(files)).toMatchObject({ status: 'done', note: expect.stringMatching(/^A file of your own/) });
      expect((await files.use(null)).inUse).toMatchObject({ place: 'data', check: 'verified' });
    } finally {
      disk.unmount();
    }
  });

  it('a full disk leaves the downloaded model in use while it is fetched again', async () => {
    const disk = mountSmallDisk('2m')!;
    try {
      const older = { ...SPEC, file: 'older.gguf' };
      const before = smallFiles(disk.dir, server.address, { spec: older });
      expect((await bring(before)).status).toBe('done');
      disk.fill(100);
      expect((await bring(smallFiles(disk.dir, server.address))).error?.code).toBe('MODEL_NO_SPACE');
      expect((await before.forUse()).known).toBe(true);
      const copy = path.join(temporaryFolder('copy'), 'older.gguf');
      copyFileSync(path.join(disk.dir, 'models', 'older.gguf'), copy);
      expect(readFileSync(copy).equals(CONTENT)).toBe(true);
    } finally {
      disk.unmount();
    }
  });
});

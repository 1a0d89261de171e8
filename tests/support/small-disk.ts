import { spawnSync } from 'node:child_process';
import { rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './engine.ts';

/** A file system of its own, held in memory. */
export interface SmallDisk {
  dir: string;
  /** Writes until nothing more fits, then gives `kb` kB back. */
  fill(freeKb: number): void;
  /** Takes away what fill() wrote. */
  drain(): void;
  readOnly(): void;
  unmount(): void;
}

const run = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const BLOCK = 4096;

/** A disk of `size` such as "2m", or null where this machine lets nobody mount one. */
export function mountSmallDisk(size: string): SmallDisk | null {
  const dir = temporaryFolder('disk');
  if (process.platform !== 'linux' || !run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'none', dir)) {
    rmdirSync(dir);
    return null;
  }
  const ballast = path.join(dir, 'ballast');
  return {
    dir,
    fill(freeKb) {
      rmSync(ballast, { force: true });
      const blocks = statfsSync(dir).bfree - (freeKb * 1024) / BLOCK;
      writeFileSync(ballast, new Uint8Array(Math.max(0, blocks) * BLOCK));
    },
    drain: () => rmSync(ballast, { force: true }),
    readOnly: () => void run('mount', '-o', 'remount,ro', dir),
    unmount() {
      run('umount', '-l', dir);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Whether small disks can be mounted here. */
export function canMount(): boolean {
  const disk = mountSmallDisk('64k');
  disk?.unmount();
  return disk !== null;
}

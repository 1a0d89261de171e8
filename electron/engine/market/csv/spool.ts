import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { diskError } from '../../platform/index.ts';

const BLOCK_BYTES = 1024 * 1024;
const pack = (block: Uint8Array) => promisify(gzip)(block, { level: 1 });

/** A file that grows under a passing name. Every method throws DISK_FULL or FILE_UNWRITABLE. */
export interface Spool {
  write(chunk: Uint8Array): Promise<void>;
  /** Syncs what was written and gives it its lasting name. */
  end(file: string): Promise<void>;
  drop(): Promise<void>;
}

/** Opens a spool; with `packed` each MiB is a gzip member of its own, which together are one gzip file. */
export async function openSpool(temporary: string, packed: boolean): Promise<Spool> {
  const work = async <T>(step: () => T | Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (error) {
      throw diskError(error, path.basename(temporary));
    }
  };
  const handle: FileHandle = await work(() => {
    mkdirSync(path.dirname(temporary), { recursive: true });
    return open(temporary, 'w', 0o600);
  });
  let waiting: Uint8Array[] = [];
  let size = 0;
  let closed = false;

  const flush = async () => {
    const block = Buffer.concat(waiting);
    waiting = [];
    size = 0;
    if (block.length > 0) await handle.writeFile(packed ? await pack(block) : block);
  };
  const close = async () => {
    if (!closed) await handle.close();
    closed = true;
  };
  return {
    async write(chunk) {
      waiting.push(chunk);
      size += chunk.length;
      if (size >= BLOCK_BYTES) await work(flush);
    },
    end: (file) =>
      work(async () => {
        await flush();
        await handle.sync();
        await close();
        renameSync(temporary, file);
        syncFolder(path.dirname(file));
      }),
    async drop() {
      await close().catch(() => undefined);
      rmSync(temporary, { force: true });
    },
  };
}

/** Makes a rename durable; Windows has no handle on a folder and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '../../platform/index.ts';
import { openSpool, type Spool } from './spool.ts';
import { isGzip } from './unpack.ts';

/** Originals up to here wait in memory and are stored as they came; larger ones go to the disk packed while they are read. */
const MEMORY_BYTES = 4 * 1024 * 1024;
const INCOMING = 'incoming-';
let made = 0;

/** Where an original came to lie. */
export interface StoredOriginal {
  /** File name in the folder. */
  stored: string;
  /** Of the bytes as they came. */
  sha256: string;
  /** Whether they were packed for storing. */
  packed: boolean;
}

/** Keeps the bytes of a file beside their reading; nothing is in the folder under a lasting name before `store`. */
export interface Original {
  /** The source, kept while it is read. */
  tee(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /** Gives the bytes their name, synced to the disk. @throws DISK_FULL, FILE_UNWRITABLE */
  store(stem: string): Promise<StoredOriginal>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** An original to be stored in `dir`, under a name that begins with the stem of its import. */
export function keepOriginal(dir: string, memoryBytes = MEMORY_BYTES): Original {
  const hash = createHash('sha256');
  const temporary = path.join(dir, `${INCOMING}${process.pid}-${++made}.tmp`);
  let waiting: Uint8Array[] = [];
  let size = 0;
  let gzip = false;
  let spool: Spool | null = null;

  return {
    async *tee(source) {
      for await (const chunk of source) {
        if (size === 0) gzip = isGzip(chunk);
        size += chunk.length;
        hash.update(chunk);
        if (!spool && size > memoryBytes) {
          clearIncoming(dir);
          spool = await openSpool(temporary, !gzip);
          for (const earlier of waiting) await spool.write(earlier);
          waiting = [];
        }
        if (spool) await spool.write(chunk);
        else waiting.push(chunk);
        yield chunk;
      }
    },
    async store(stem) {
      const sha256 = hash.digest('hex');
      const packed = spool !== null && !gzip;
      const stored = `${stem}.${sha256.slice(0, 16)}.csv${packed || gzip ? '.gz' : ''}`;
      if (spool) await spool.end(path.join(dir, stored));
      else writeFileAtomic(path.join(dir, stored), Buffer.concat(waiting));
      return { stored, sha256, packed };
    },
    async discard() {
      await spool?.drop();
    },
  };
}

/** Takes away what a process that was killed left half written; one engine writes to a folder at a time. */
function clearIncoming(dir: string): void {
  try {
    const names = readdirSync(dir).filter((name) => name.startsWith(INCOMING) && name.endsWith('.tmp'));
    const left = names.filter((name) => !name.startsWith(`${INCOMING}${process.pid}-`));
    for (const name of left) rmSync(path.join(dir, name), { force: true });
  } catch {
    // no folder yet
  }
}

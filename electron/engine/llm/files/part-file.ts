import { readFileSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { diskError, makeFolder, writeFileAtomic } from '../../platform/index.ts';
import { type ModelSpec, shownAddress } from './known.ts';

const Mark = z.object({
  /** Without what a mirror may want to be given: a user, a password, a query. */
  address: z.string().transform(shownAddress),
  /** The server's own name for these bytes; null where it gave none. */
  etag: z.string().nullable(),
  bytes: z.number(),
  sha256: z.string(),
});
type Mark = z.infer<typeof Mark>;

/** What has arrived of a model, and from where. It outlives the process. */
export interface PartFile {
  readonly size: number;
  readonly mark: Mark | null;
  /** Empties it, for bytes of another origin. @throws DISK_FULL, FILE_UNWRITABLE */
  restart(address: string, etag: string | null): Promise<void>;
  /** @throws DISK_FULL, FILE_UNWRITABLE */
  append(chunk: Uint8Array): Promise<void>;
  /** Everything appended is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export const partPath = (target: string): string => `${target}.part`;
const markPath = (target: string): string => `${target}.part.json`;

/** Bytes that an earlier download of this model left; 0 where none can be gone on with. */
export function partBytes(target: string, spec: ModelSpec): number {
  const size = statSync(partPath(target), { throwIfNoEntry: false })?.size ?? 0;
  return size <= spec.bytes && readMark(target, spec) ? size : 0;
}

export function removePart(target: string): void {
  for (const file of [markPath(target), partPath(target)]) rmSync(file, { force: true });
}

export async function openPart(target: string, spec: ModelSpec): Promise<PartFile> {
  const file = partPath(target);
  let size = partBytes(target, spec);
  let mark = size > 0 ? readMark(target, spec) : null;
  const handle = await sayingDisk(file, () => {
    makeFolder(path.dirname(file));
    return open(file, 'a');
  });
  if (size === 0) await handle.truncate(0);
  if (mark) writeMark(target, mark);
  return {
    get size() {
      return size;
    },
    get mark() {
      return mark;
    },
    async restart(address, etag) {
      await sayingDisk(file, () => handle.truncate(0));
      size = 0;
      mark = { address: shownAddress(address), etag, bytes: spec.bytes, sha256: spec.sha256 };
      writeMark(target, mark);
    },
    async append(chunk) {
      await sayingDisk(file, () => writeAll(handle, chunk));
      size += chunk.length;
    },
    sync: () => sayingDisk(file, () => handle.sync()),
    close: () => handle.close(),
  };
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
}

async function sayingDisk<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskError(error, path.basename(file, '.part'));
  }
}

const writeMark = (target: string, mark: Mark) => writeFileAtomic(markPath(target), JSON.stringify(mark));

function readMark(target: string, { bytes, sha256 }: ModelSpec): Mark | null {
  try {
    const mark = Mark.parse(JSON.parse(readFileSync(markPath(target), 'utf8')));
    return mark.bytes === bytes && mark.sha256 === sha256 ? mark : null;
  } catch {
    return null;
  }
}

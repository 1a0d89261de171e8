import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { BrainnetError } from '../../../shared/errors.ts';

/** Opening waits for no one to write into a pipe. */
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

interface Found {
  isFile(): boolean;
  size: number;
}

/** Text of a regular file of up to `limit` bytes. @throws FILE_UNREADABLE for anything else, and as the system does */
export function readPlainText(file: string, limit: number): string {
  const handle = openSync(file, AT_ONCE);
  try {
    check(fstatSync(handle), file, limit);
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

/** Bytes of a regular file of up to `limit` bytes. @throws FILE_UNREADABLE for anything else, and as the system does */
export async function* readPlainBytes(file: string, limit: number): AsyncGenerator<Uint8Array> {
  const handle = await open(file, AT_ONCE);
  try {
    check(await handle.stat(), file, limit);
    yield* handle.createReadStream({ autoClose: false, end: limit });
  } finally {
    await handle.close();
  }
}

function check(found: Found, file: string, limit: number): void {
  if (found.isFile() && found.size <= limit) return;
  const problem = found.isFile() ? `it has more than ${limit} bytes` : 'it is not a regular file';
  throw new BrainnetError('FILE_UNREADABLE', { file, problem });
}

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const CHUNK = 1 << 20;

/** SHA-256 of a whole file in lower-case hexadecimal, read from the disk. @throws what the system or the signal throws */
export async function hashFile(file: string, onBytes: (done: number) => void, signal?: AbortSignal): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const hash = createHash('sha256');
    const chunk = new Uint8Array(CHUNK);
    for (let done = 0; ; ) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(chunk, 0, CHUNK, done);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
      done += bytesRead;
      onBytes(done);
    }
  } finally {
    await handle.close();
  }
}

import { createReadStream } from 'node:fs';
import { BrainnetError } from '../../../shared/errors.ts';

/**
 * The bytes of a CSV file the user named, as they are read from the disk. Iterating throws FILE_NOT_FOUND, FILE_UNREADABLE (a folder,
 * no permission).
 */
export async function* csvBytes(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: 256 * 1024 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT') throw new BrainnetError('FILE_NOT_FOUND', { file }, { cause: error });
    const problem = code === 'EISDIR' ? 'it is a folder' : code;
    throw new BrainnetError('FILE_UNREADABLE', { file, problem }, { cause: error });
  }
}

const WHOLE_BYTES = 256 * 1024 * 1024;

/** A CSV file in memory, for a pipe that can be read only once. @throws TOO_LARGE over 256 MiB, and what `csvBytes` throws */
export async function wholeCsv(file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of csvBytes(file)) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > WHOLE_BYTES) {
      throw new BrainnetError('TOO_LARGE', {
        what: file,
        size: `over ${WHOLE_BYTES} bytes`,
        limit: `${WHOLE_BYTES} bytes`,
      });
    }
  }
  return Buffer.concat(chunks);
}

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

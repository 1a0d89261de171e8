import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { BrainnetError } from '../../../shared/errors.ts';
import { CSV_TEXT_BYTES } from '../../../shared/limits.ts';

/**
 * The text of a list that the user named.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE (a folder, no permission), TOO_LARGE over 16 MiB, BAD_CSV for what is not UTF-8 text.
 */
export async function readCsvFile(file: string): Promise<string> {
  const bytes = await readBounded(file);
  if (bytes.includes(0)) throw new BrainnetError('BAD_CSV', { problem: `${path.basename(file)} is not text` });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new BrainnetError('BAD_CSV', { problem: `${path.basename(file)} is not UTF-8 text` }, { cause: error });
  }
}

async function readBounded(file: string): Promise<Buffer> {
  try {
    const about = await stat(file);
    const { size } = about;
    if (!about.isFile() && !about.isDirectory()) {
      throw new BrainnetError('FILE_UNREADABLE', { file, problem: 'it is no regular file' });
    }
    if (size > CSV_TEXT_BYTES) {
      throw new BrainnetError('TOO_LARGE', { what: file, size: `${size} bytes`, limit: `${CSV_TEXT_BYTES} bytes` });
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof BrainnetError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT') throw new BrainnetError('FILE_NOT_FOUND', { file }, { cause: error });
    const problem = code === 'EISDIR' ? 'it is a folder' : code;
    throw new BrainnetError('FILE_UNREADABLE', { file, problem }, { cause: error });
  }
}

/** The symbol a file's name suggests: `data/AAPL.csv` is AAPL, and a name that can be no symbol is CSV. */
export function symbolOfFile(file: string): string {
  const stem = path.basename(file).replace(/(\.csv|\.txt)?(\.gz)?$/i, '');
  return /^[A-Z0-9^][A-Z0-9^.\-=_]{0,19}$/i.test(stem) ? stem.toUpperCase() : 'CSV';
}

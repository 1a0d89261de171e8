import { BrainnetError } from '../../../shared/errors.ts';

/** A thrown value's code, of the operating system or of SQLite; "" where it has none. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}

/** Whether SQLite says that the file itself is broken, or that a record in it is no JSON although we write nothing else. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error)) || (error as Error | undefined)?.message === 'malformed JSON';
}

/** Whether another connection holds what was asked for. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

/** On a full disk SQLite answers with any of these, by what it was about to write. */
const FULL = /^(ENOSPC|EDQUOT|SQLITE_FULL|SQLITE_IOERR_SHMSIZE|SQLITE_IOERR_WRITE)/;

const PROBLEMS: readonly [RegExp, string][] = [
  [/^(EACCES|EPERM)/, 'permission is denied'],
  [/^(EROFS|SQLITE_READONLY)/, 'it is read-only'],
  [/^(EISDIR|ENOTEMPTY)/, 'a folder lies in its place'],
  [/^(ENOTDIR|EEXIST)/, 'a file lies where a folder belongs'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'another program is using it'],
  [/^(ENAMETOOLONG|ELOOP|EMFILE|ENFILE|EIO|SQLITE_CANTOPEN|SQLITE_IOERR)/, 'the system refuses it'],
];

/** Why a file cannot be used, in words with the code; null where the error is not about the file. */
export function problemOf(error: unknown): string | null {
  const code = codeOf(error);
  const words = PROBLEMS.find(([pattern]) => pattern.test(code))?.[1];
  return words ? `${words} (${code})` : null;
}

/** A full disk and a refused write as sentences of ours; anything else as it is. */
export function diskError(error: unknown, what: string): unknown {
  if (FULL.test(codeOf(error))) return new BrainnetError('DISK_FULL', { what }, { cause: error });
  const problem = problemOf(error);
  return problem ? new BrainnetError('FILE_UNWRITABLE', { file: what, problem }, { cause: error }) : error;
}

import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Sha256 } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { printable } from '../../../../shared/printable.ts';
import { codeOf, problemOf, writeFileAtomic } from '../../platform/index.ts';
import { readGguf } from './gguf.ts';

const Chosen = z.object({ path: z.string(), title: z.string(), bytes: z.number(), sha256: Sha256 });
/** A model file of the user's own, used where it lies. */
export type Chosen = z.infer<typeof Chosen>;

export interface ChosenStore {
  get(): Chosen | null;
  /** @throws DISK_FULL, FILE_UNWRITABLE */
  set(chosen: Chosen | null): void;
}

export function openChosen(file: string): ChosenStore {
  return {
    get() {
      try {
        return Chosen.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return null;
      }
    },
    set: (chosen) => (chosen ? writeFileAtomic(file, `${JSON.stringify(chosen)}\n`) : rmSync(file, { force: true })),
  };
}

/** Bytes of a file that could be a model, its content unread. @throws FILE_NOT_FOUND, FILE_UNREADABLE, MODEL_FILE_REFUSED */
export function sizeOf(file: string): number {
  if (!path.isAbsolute(file)) throw refused(file, 'its path must be whole, from the root on');
  try {
    const found = statSync(file);
    if (found.isDirectory()) throw refused(file, 'it is a folder; name the file in it');
    if (!found.isFile()) throw refused(file, 'it is no plain file');
    return found.size;
  } catch (error) {
    throw unreadable(error, file);
  }
}

/**
 * What a file calls itself, as far as its head is read.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, MODEL_FILE_REFUSED (no GGUF, cut short, one part of several, no language model), or what the signal throws
 */
export async function titleOf(file: string, signal?: AbortSignal): Promise<string> {
  try {
    const { name, architecture, files } = await readGguf(file, signal);
    if (files > 1) throw refused(file, partOf(files));
    if (architecture === 'clip') throw refused(file, EYE);
    return `${shown(name ?? '') || shown(path.basename(file))}, a file of your own`;
  } catch (error) {
    throw unreadable(error, file);
  }
}

/** Only a file that holds all of a model is named by one SHA-256. */
const partOf = (files: number) =>
  `it is one of ${files} files of a model; make one file of them (llama-gguf-split --merge, of llama.cpp) and name that`;
const EYE = 'it holds the eye of a model that reads pictures, not a language model';

/** A name of a stranger, which cannot end the quotation marks that it is shown in. */
const shown = (name: string) => printable(name.slice(0, 100)).replaceAll('"', "'");

const refused = (file: string, problem: string) => new BrainnetError('MODEL_FILE_REFUSED', { file, problem });

function unreadable(error: unknown, file: string): unknown {
  if (codeOf(error) === 'ENOENT') return new BrainnetError('FILE_NOT_FOUND', { file });
  const problem = error instanceof BrainnetError ? null : problemOf(error);
  return problem ? new BrainnetError('FILE_UNREADABLE', { file, problem }, { cause: error }) : error;
}

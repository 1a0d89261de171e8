import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Sha256 } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
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

/**
 * What a file says of itself, as far as its head is read.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, MODEL_FILE_REFUSED (a folder, no GGUF, cut short, no language model)
 */
export function lookAt(file: string): { title: string; bytes: number } {
  const refused = (problem: string) => new BrainnetError('MODEL_FILE_REFUSED', { file, problem });
  if (!path.isAbsolute(file)) throw refused('its path must be whole, from the root on');
  try {
    const found = statSync(file);
    if (found.isDirectory()) throw refused('it is a folder; name the file in it');
    if (!found.isFile()) throw refused('it is no plain file');
    const { name, architecture } = readGguf(file);
    if (architecture === 'clip') throw refused('it holds the eye of a model that reads pictures, not a language model');
    return { title: `${name?.slice(0, 100) || path.basename(file)}, a file of your own`, bytes: found.size };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new BrainnetError('FILE_NOT_FOUND', { file });
    const problem = error instanceof BrainnetError ? null : problemOf(error);
    throw problem ? new BrainnetError('FILE_UNREADABLE', { file, problem }, { cause: error }) : error;
  }
}

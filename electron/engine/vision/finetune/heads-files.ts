import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { HeadsId, Sha256 } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { canonicalJson, sha256, writeFileAtomic } from '../../platform/index.ts';
import { contentHashOf, type Heads, HeadsContent, headsId, readyHeads } from './heads.ts';

/** What is in force: a version by id and hash, or the shipped heads; `before` are the earlier choices, newest last. */
export interface Choice {
  id: HeadsId | null;
  hash: string | null;
  before: (HeadsId | 'shipped')[];
}

const ChoiceContent = z.object({
  id: HeadsId.nullable(),
  hash: Sha256.nullable(),
  before: z.array(z.union([HeadsId, z.literal('shipped')])),
});
const sealed = <T extends z.ZodType>(content: T) => z.object({ sha256: Sha256, content });
const POINTER = 'in-force.json';
export const SHIPPED: Choice = { id: null, hash: null, before: [] };

/**
 * Reads a version, checked: whole, its SHA-256 and its name are those of its content, and it was fitted on features of these weights.
 * @param base SHA-256 of the weights @param hash what the pointer states, where it does
 * @throws UNKNOWN_HEADS, HEADS_UNUSABLE by the name of the file
 */
export function readHeads(dir: string, id: HeadsId, base: string, hash?: string | null): Heads {
  const name = `${id}.json`;
  const content = readSealed(dir, name, HeadsContent);
  if (content === null) throw new BrainnetError('UNKNOWN_HEADS', { id, known: headsFiles(dir).join(', ') || 'none' });
  const refuse = (problem: string) => new BrainnetError('HEADS_UNUSABLE', { file: name, problem });
  if (content.id !== id) throw refuse(`it holds ${content.id}`);
  if (hash && contentHashOf(content) !== hash) throw refuse('it is not the file that was put in force');
  if (headsId(unnamed(content)) !== id) throw refuse('it is not the content that it is named after');
  if (content.base !== base) throw refuse('its heads were fitted on features of other weights');
  try {
    return readyHeads(content);
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

function unnamed({ id: _id, ...content }: HeadsContent): Omit<HeadsContent, 'id'> {
  return content;
}

/** Ids of the files that are named as versions. */
export function headsFiles(dir: string): HeadsId[] {
  const names = attempt(() => readdirSync(dir)) ?? [];
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => path.basename(name, '.json'))
    .filter((id) => HeadsId.safeParse(id).success)
    .sort();
}

/** Null where nothing was ever chosen. @throws HEADS_UNUSABLE where the folder is none, or the pointer is damaged, or gone although there are versions */
export function readChoice(dir: string): Choice | null {
  requireFolder(dir);
  const choice = readSealed(dir, POINTER, ChoiceContent);
  if (choice === null && headsFiles(dir).length > 0) {
    const problem = `it is missing, though there are fine-tuned heads (${headsFiles(dir).join(', ')}), so none is in force; ${CHOOSE}`;
    throw new BrainnetError('HEADS_UNUSABLE', { file: POINTER, problem });
  }
  return choice;
}

/** The way out where it is not known what was in force. */
export const CHOOSE = 'choose with: brainnet finetune use ID, or use shipped';

/** A folder that is not there yet will be made. @throws HEADS_UNUSABLE where something else stands in its place, or it cannot be read */
export function requireFolder(dir: string): void {
  if (lstatSync(dir, { throwIfNoEntry: false }) === undefined) return;
  const problem = problemOf(dir);
  if (problem) throw new BrainnetError('HEADS_UNUSABLE', { file: `in the folder ${path.basename(dir)}`, problem });
}

function problemOf(dir: string): string | null {
  try {
    readdirSync(dir);
    return null;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'it is a link that leads nowhere';
    return code === 'ENOTDIR' ? 'it is not a folder' : `it cannot be read (${code})`;
  }
}

/** Both write whole files or nothing. @throws DISK_FULL, HEADS_UNUSABLE where the folder is none */
export const writeHeads = (dir: string, content: HeadsContent): void => writeSealed(dir, `${content.id}.json`, content);
export const writeChoice = (dir: string, choice: Choice): void => writeSealed(dir, POINTER, choice);

function writeSealed(dir: string, name: string, content: HeadsContent | Choice): void {
  requireFolder(dir);
  const text = JSON.stringify({ sha256: sha256(canonicalJson(content)), content });
  writeFileAtomic(path.join(dir, name), `${text}\n`);
}

/** null where there is no such file. */
function readSealed<T>(dir: string, name: string, schema: z.ZodType<T>): T | null {
  const text = readText(path.join(dir, name));
  if (text === null) return null;
  const parsed = attempt(() => sealed(schema).parse(JSON.parse(text)) as { sha256: string; content: T });
  const refuse = (problem: string) => new BrainnetError('HEADS_UNUSABLE', { file: name, problem });
  if (!parsed && isFirstFormat(text)) throw refuse('it does not say where its heads were validated; fine-tune again');
  if (!parsed) throw refuse('it is cut short or not a file of this version');
  if (sha256(canonicalJson(parsed.content)) !== parsed.sha256) throw refuse('its SHA-256 is not that of its content');
  return parsed.content;
}

/** Versions of before heads were bound to what they were validated on. */
const isFirstFormat = (text: string): boolean =>
  attempt(() => (JSON.parse(text) as { content: { format: unknown } }).content.format === 1) ?? false;

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    const problem = `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
    throw new BrainnetError('HEADS_UNUSABLE', { file: path.basename(file), problem }, { cause: error });
  }
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

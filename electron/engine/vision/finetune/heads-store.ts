import type { HeadsId, HeadsVersions } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { type Heads, type HeadsContent, readyHeads, versionOf } from './heads.ts';
import {
  CHOOSE,
  type Choice,
  headsFiles,
  readChoice,
  readHeads,
  requireFolder,
  SHIPPED,
  writeChoice,
  writeHeads,
} from './heads-files.ts';

/** Earlier choices that can be rolled back to. */
const REMEMBERED = 50;

/** The versions of fine-tuned heads in a folder, one of which may be in force. */
export interface HeadsStore {
  /** null = the shipped heads. */
  inForce(): Heads | null;
  /** Why the shipped heads stand in for those chosen, one sentence; null where they do not. */
  problem(): string | null;
  list(): HeadsVersions;
  /** A stored version by the SHA-256 of its content, whether it is in force or not; null where there is none that can be used. */
  find(sha256: string): Heads | null;
  /** @throws HEADS_UNUSABLE where it is not known which of the stored heads are in force: new ones would drop them, so a choice comes first */
  requireKnown(): void;
  /** Stores a version, then puts it in force: killed in between, the old heads stay. @throws DISK_FULL, and as `requireKnown` */
  keep(content: HeadsContent): Heads;
  /** Puts a stored version or the shipped heads in force. @throws UNKNOWN_HEADS, HEADS_UNUSABLE, DISK_FULL */
  use(id: HeadsId | 'shipped'): HeadsVersions;
  /** Puts in force what was before. @throws INVALID_INPUT where nothing was, HEADS_UNUSABLE, DISK_FULL */
  rollback(): HeadsVersions;
}

/**
 * Opens the folder, which need not exist. Files that are damaged or belong to other weights are refused by name, and the shipped heads
 * stand in.
 * @param base SHA-256 of the weights that the heads must belong to
 */
export function openHeadsStore(dir: string, base: string): HeadsStore {
  let choice: Choice = SHIPPED;
  let heads: Heads | null = null;
  let problem: BrainnetError | null = null;
  try {
    choice = readChoice(dir) ?? SHIPPED;
    heads = choice.id === null ? null : readHeads(dir, choice.id, base, choice.hash);
  } catch (error) {
    problem = known(error);
  }

  const choose = (next: Choice, loaded: Heads | null) => {
    writeChoice(dir, next);
    [choice, heads, problem] = [next, loaded, null];
  };
  const change = (loaded: Heads | null) => {
    const before = [...choice.before, choice.id ?? ('shipped' as const)].slice(-REMEMBERED);
    choose({ id: loaded?.content.id ?? null, hash: loaded?.hash ?? null, before }, loaded);
  };
  const load = (id: HeadsId | 'shipped') => (id === 'shipped' ? null : readHeads(dir, id, base));
  const store: HeadsStore = {
    inForce: () => heads,
    problem: () => problem && standIn(problem),
    list: () => ({
      inForce: heads?.content.id ?? null,
      problem: store.problem(),
      before: choice.before.at(-1) ?? null,
      ...filesOf(dir, base),
    }),
    find: (sha256) =>
      heads?.hash === sha256 ? heads : (usable(dir, base).find(({ hash }) => hash === sha256) ?? null),
    requireKnown() {
      requireFolder(dir);
      if (problem && headsFiles(dir).length > 0) throw choiceFirst(problem);
    },
    keep(content) {
      store.requireKnown();
      if (headsFiles(dir).length === 0) writeChoice(dir, choice);
      writeHeads(dir, content);
      change(readyHeads(content));
      return heads!;
    },
    use(id) {
      const loaded = load(id);
      if (problem !== null || (choice.id ?? 'shipped') !== id) change(loaded);
      return store.list();
    },
    rollback() {
      const back = choice.before.at(-1);
      if (back === undefined) throw new BrainnetError('INVALID_INPUT', { problem: 'there is nothing to roll back to' });
      const loaded = load(back);
      choose(
        { id: loaded?.content.id ?? null, hash: loaded?.hash ?? null, before: choice.before.slice(0, -1) },
        loaded,
      );
      return store.list();
    },
  };
  return store;
}

const known = (error: unknown): BrainnetError =>
  error instanceof BrainnetError ? error : new BrainnetError('HEADS_UNUSABLE', { file: '?', problem: '?' });

const standIn = ({ message }: BrainnetError): string => `${message} The shipped heads are used instead.`;

/** The refusal to keep new heads, by the file that cannot be trusted; a version that the pointer names may be gone. */
function choiceFirst({ details }: BrainnetError): BrainnetError {
  const { file = `${details.id}.json`, problem = 'it is not there' } = details;
  const told = String(problem).includes(CHOOSE) ? problem : `${problem}; ${CHOOSE}`;
  return new BrainnetError('HEADS_UNUSABLE', { file, problem: `${told}, before new heads are kept` });
}

function usable(dir: string, base: string): Heads[] {
  return headsFiles(dir).flatMap((id) => {
    try {
      return [readHeads(dir, id, base)];
    } catch {
      return [];
    }
  });
}

function filesOf(dir: string, base: string): Pick<HeadsVersions, 'versions' | 'unusable'> {
  const listed: Pick<HeadsVersions, 'versions' | 'unusable'> = { versions: [], unusable: [] };
  for (const id of headsFiles(dir)) {
    try {
      listed.versions.push(versionOf(readHeads(dir, id, base)));
    } catch (error) {
      const problem = error instanceof BrainnetError ? String(error.details.problem) : 'it cannot be read';
      listed.unusable.push({ file: `${id}.json`, problem });
    }
  }
  listed.versions.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return listed;
}

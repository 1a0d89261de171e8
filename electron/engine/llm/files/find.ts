import { statSync } from 'node:fs';
import path from 'node:path';
import type { ModelFile, ModelPlace } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Checks } from './checks.ts';
import type { Chosen } from './chosen.ts';
import type { ModelSpec } from './known.ts';

export interface Places {
  spec: ModelSpec;
  /** Of the packaged app, searched first. */
  resourceDirs: readonly string[];
  /** Where downloads lie. */
  folder: string;
  checks: Checks;
}

/** The model file to read, and why it cannot be where it cannot. */
export interface Found {
  file: ModelFile | null;
  problem: BrainnetError | null;
}

/** The file that the user chose, else the known model in the app's resources, else in the data folder. Reads no content. */
export function findModel(places: Places, chosen: Chosen | null): Found {
  if (chosen) return findChosen(places, chosen);
  const { spec, resourceDirs, folder } = places;
  const candidates = [
    ...resourceDirs.map((dir) => look(places, path.join(dir, spec.file), 'resources')),
    look(places, path.join(folder, spec.file), 'data'),
  ].filter((found) => found.file !== null);
  const missing = { file: null, problem: new BrainnetError('LLM_MISSING', { problem: 'its file is not here yet' }) };
  return candidates.find(({ problem }) => problem === null) ?? candidates[0] ?? missing;
}

function look({ spec, checks }: Places, file: string, place: ModelPlace): Found {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) return { file: null, problem: null };
  const known = checks.of(file);
  const about = { path: file, place, title: spec.title, ...checkedOf(known), bytes: found.size };
  if (found.size !== spec.bytes) {
    return damaged(about, `it has ${found.size} bytes, not ${spec.bytes}`);
  }
  if (known && known.sha256 !== spec.sha256) {
    return damaged(about, 'its content is not that of the model (SHA-256)');
  }
  return { file: { ...about, check: known ? 'verified' : 'unchecked' }, problem: null };
}

function findChosen({ spec, checks }: Places, chosen: Chosen): Found {
  const found = statSync(chosen.path, { throwIfNoEntry: false });
  if (!found?.isFile()) {
    return { file: null, problem: new BrainnetError('MODEL_FILE_GONE', { file: chosen.path }) };
  }
  const known = checks.of(chosen.path);
  const about = {
    ...{ path: chosen.path, place: 'own' as const, title: chosen.title },
    ...checkedOf(known),
    bytes: found.size,
  };
  const changed = found.size !== chosen.bytes || (known && known.sha256 !== chosen.sha256);
  if (changed) return damaged(about, 'it changed since you chose it');
  const right = chosen.sha256 === spec.sha256 ? 'verified' : 'own';
  return { file: { ...about, check: known ? right : 'unchecked' }, problem: null };
}

const checkedOf = (known: { sha256: string; checkedAt: string } | null) => ({
  sha256: known?.sha256 ?? null,
  checkedAt: known?.checkedAt ?? null,
});

function damaged(about: Omit<ModelFile, 'check'>, problem: string): Found {
  const file = { ...about, check: 'damaged' as const };
  return { file, problem: new BrainnetError('MODEL_FILE_DAMAGED', { file: about.path, problem }) };
}

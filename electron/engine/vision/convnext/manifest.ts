import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { BrainnetError } from '../../../../shared/errors.ts';
import { sha256 } from '../../platform/index.ts';

const Manifest = z.object({ files: z.array(z.object({ file: z.string(), bytes: z.int(), sha256: z.string() })) });

/** The manifest lies beside the files it states. */
const manifestBeside = (file: string) => path.join(path.dirname(file), 'manifest.json');

/** @throws MODEL_MISSING where there is no file, also where a folder stands in its place */
export function requireFile(file: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new BrainnetError('MODEL_MISSING', { file: path.basename(file) });
  }
}

/**
 * A shipped file's bytes, once they are the ones that the manifest beside it states.
 * @throws MODEL_MISSING, MODEL_DAMAGED, MODEL_FAILED (the manifest is not one, or does not name the file, or the file cannot be read)
 */
export function readShipped(file: string): { bytes: Buffer; hash: string } {
  const name = path.basename(file);
  const { files } = readManifest(manifestBeside(file));
  requireFile(file);
  const stated = files.find((entry) => entry.file === name);
  if (!stated) throw new BrainnetError('MODEL_FAILED', { problem: `manifest.json does not state the hash of ${name}` });
  const bytes = bytesOf(file);
  const hash = sha256(bytes);
  if (hash !== stated.sha256) throw new BrainnetError('MODEL_DAMAGED', { file: name });
  return { bytes, hash };
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BrainnetError('MODEL_FAILED', { problem: `${path.basename(file)} cannot be read` }, { cause });
  }
}

function readManifest(file: string): z.infer<typeof Manifest> {
  requireFile(file);
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new BrainnetError('MODEL_FAILED', { problem: 'manifest.json is not valid' }, { cause });
  }
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { BrainnetError } from '../../../../shared/errors.ts';
import { sha256 } from '../../platform/index.ts';

const Manifest = z.object({ files: z.array(z.object({ file: z.string(), bytes: z.int(), sha256: z.string() })) });

/** The manifest lies beside the files it states. */
const manifestBeside = (file: string) => path.join(path.dirname(file), 'manifest.json');

/**
 * A shipped file's bytes, once they are the ones that the manifest beside it states.
 * @throws MODEL_MISSING, MODEL_DAMAGED, MODEL_FAILED (the manifest is not one, or does not name the file)
 */
export function readShipped(file: string): { bytes: Buffer; hash: string } {
  const name = path.basename(file);
  const { files } = readManifest(manifestBeside(file));
  if (!existsSync(file)) throw new BrainnetError('MODEL_MISSING', { file: name });
  const stated = files.find((entry) => entry.file === name);
  if (!stated) throw new BrainnetError('MODEL_FAILED', { problem: `manifest.json does not state the hash of ${name}` });
  const bytes = readFileSync(file);
  const hash = sha256(bytes);
  if (hash !== stated.sha256) throw new BrainnetError('MODEL_DAMAGED', { file: name });
  return { bytes, hash };
}

function readManifest(file: string): z.infer<typeof Manifest> {
  if (!existsSync(file)) throw new BrainnetError('MODEL_MISSING', { file: path.basename(file) });
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new BrainnetError('MODEL_FAILED', { problem: 'manifest.json is not valid' }, { cause });
  }
}

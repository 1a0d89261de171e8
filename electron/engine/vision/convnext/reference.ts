import path from 'node:path';
import { z } from 'zod';
import { BrainnetError } from '../../../../shared/errors.ts';
import { readShipped } from './manifest.ts';

/** Little-endian float32 values as base64. */
const Floats = z.base64().transform((text) => {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readFloatLE(4 * i));
});

const ReferenceFile = z
  .object({
    format: z.literal(1),
    /** SHA-256 of the weights whose features it was made from. */
    weights: z.string(),
    embeddingLength: z.int().min(1),
    projection: z.object({ length: z.int().min(1), mean: Floats, matrix: Floats }),
    novelty: z.object({
      /** What the first projected values are divided by; as many as the distance uses. */
      scales: z.array(z.number().positive()).min(1),
      /** Distances at equal steps of the percentile, 0 first and 100 last. */
      quantiles: z.array(z.number()).min(101),
      limits: z.object({ fewestDistinctCloses: z.int(), largestStep: z.number() }),
    }),
  })
  .refine(({ embeddingLength, projection: { length, mean, matrix }, novelty }) => {
    const sizes = mean.length === embeddingLength && matrix.length === length * embeddingLength;
    return sizes && novelty.scales.length <= length;
  });

/** What the weights' features are compared with: read-only, fitted once on training windows (models/training/reference.py). */
export type Reference = z.infer<typeof ReferenceFile> & { hash: string };

/** The reference lies beside the card. */
export const referenceBeside = (cardFile: string): string => path.join(path.dirname(cardFile), 'reference.json');

/**
 * Reads the reference, checked against the manifest beside it and, where given, against the weights it must belong to.
 * @throws MODEL_MISSING, MODEL_DAMAGED, MODEL_MISMATCHED, MODEL_FAILED (not a reference this version understands)
 */
export function readReference(referenceFile: string, weightsHash?: string): Reference {
  const { bytes, hash } = readShipped(referenceFile);
  const file = path.basename(referenceFile);
  const reference = { ...parse(bytes, file), hash };
  if (weightsHash !== undefined && reference.weights !== weightsHash) {
    throw new BrainnetError('MODEL_MISMATCHED', { file });
  }
  return reference;
}

function parse(bytes: Buffer, file: string): z.infer<typeof ReferenceFile> {
  try {
    return ReferenceFile.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new BrainnetError('MODEL_FAILED', { problem: `its reference ${file} is not valid` }, { cause });
  }
}

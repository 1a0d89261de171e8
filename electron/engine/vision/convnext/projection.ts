import path from 'node:path';
import { packageRoot, sha256 } from '../../platform/index.ts';
import { type Reference, readReference } from './reference.ts';

/** The fixed projection of embeddings for neighbour search (DEFINITIONS 6): shipped with the weights, never fitted on later bars. */
export interface Projection {
  /**
   * The embedding's first principal components over the training windows: matrix (embedding - mean), float32, the same bytes
   * everywhere. Not whitened, so that Euclidean distances come close to those between the embeddings.
   * @param embedding 768 values of `Prediction.embedding`
   * @throws RangeError on another length
   */
  project(embedding: Float32Array): Float32Array;
  projectionLength: number;
  /** SHA-256 of mean and matrix: vectors of another hash cannot be compared with these. */
  projectionHash: string;
  /** SHA-256 of the weights whose embeddings it is made for: those of other weights cannot be compared with them. */
  network: string;
}

/**
 * The shipped projection, without loading the network; a few milliseconds.
 * @param referenceFile default models/reference.json of this package
 * @throws MODEL_MISSING, MODEL_DAMAGED, MODEL_FAILED
 */
export function readProjection(
  referenceFile: string = path.join(packageRoot(), 'models', 'reference.json'),
): Projection {
  return projectionOf(readReference(referenceFile));
}

export function projectionOf({ weights, projection: { length, mean, matrix } }: Reference): Projection {
  return {
    network: weights,
    projectionLength: length,
    projectionHash: sha256(Buffer.concat([bytes(mean), bytes(matrix)])),
    project(embedding) {
      if (embedding.length !== mean.length) throw new RangeError(`an embedding has ${mean.length} values`);
      return Float32Array.from({ length }, (_, row) => centredDot(embedding, mean, matrix, row * mean.length));
    },
  };
}

/** Summed in float64 in a fixed order. */
function centredDot(embedding: Float32Array, mean: Float32Array, matrix: Float32Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < mean.length; i++) sum += matrix[at + i]! * (embedding[i]! - mean[i]!);
  return sum;
}

/** Little-endian, as in the file. */
function bytes(values: Float32Array): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    buffer.writeFloatLE(value, 4 * i);
  });
  return buffer;
}

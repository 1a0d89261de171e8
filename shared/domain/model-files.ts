import { z } from 'zod';
import { ErrorData } from '../errors.ts';
import { IsoTime, Sha256 } from './ids.ts';

/** The language model that Brainnet is made for, and where its file can be had. */
export const KnownModel = z.object({
  title: z.string(),
  file: z.string(),
  bytes: z.int(),
  sha256: Sha256,
  license: z.string(),
  /** What a download asks for; a mirror changes it (BRAINNET_MODEL_MIRROR). */
  address: z.string(),
});
export type KnownModel = z.infer<typeof KnownModel>;

export const ModelPlace = z.enum(['resources', 'data', 'own']);
export type ModelPlace = z.infer<typeof ModelPlace>;

/** A model file as it lies on the disk. */
export const ModelFile = z.object({
  path: z.string(),
  /** Packaged with the app, downloaded into the data folder, or a file of the user's own. */
  place: ModelPlace,
  title: z.string(),
  bytes: z.int(),
  /** As it was last read whole; null before. */
  sha256: Sha256.nullable(),
  /** `verified`: the known model's SHA-256. `own`: another model, that of the user's choice. `unchecked`: not read since it was written. */
  check: z.enum(['verified', 'own', 'unchecked', 'damaged']),
  checkedAt: IsoTime.nullable(),
});
export type ModelFile = z.infer<typeof ModelFile>;

/** A download or a verification, one at a time; it goes on when its reader leaves. */
export const ModelJob = z.object({
  kind: z.enum(['download', 'verify']),
  status: z.enum(['running', 'paused', 'done', 'cancelled', 'failed']),
  stage: z.enum(['connecting', 'downloading', 'waiting', 'verifying']),
  /** Bytes. */
  done: z.int(),
  total: z.int(),
  bytesPerSecond: z.number().nullable(),
  /** Left of this stage at the rate of the last seconds; null before one is known. */
  leftMs: z.number().nullable(),
  /** What the user must know besides, in one sentence; for example why it began anew. */
  note: z.string().nullable(),
  error: ErrorData.nullable(),
});
export type ModelJob = z.infer<typeof ModelJob>;

export const ModelFiles = z.object({
  known: KnownModel,
  /** What the embedded language model is read from; null where there is none. */
  inUse: ModelFile.nullable(),
  /** Why there is none, or why it cannot be used. */
  problem: ErrorData.nullable(),
  /** Under way, or the last one; a download that an ended process left behind reads `paused`. */
  job: ModelJob.nullable(),
  /** Where downloads lie. */
  folder: z.string(),
  freeBytes: z.number().nullable(),
});
export type ModelFiles = z.infer<typeof ModelFiles>;

import { statfsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BrainnetError } from '../../../../shared/errors.ts';
import { codeOf, diskError, syncFolder } from '../../platform/index.ts';
import type { WebFetch } from '../web-fetch.ts';
import { hashFile } from './hash-file.ts';
import { type ModelSpec, shownAddress } from './known.ts';
import { openPart, type PartFile, partBytes, partPath, removePart } from './part-file.ts';
import { ChangedOnServer, TransferProblem, transfer } from './transfer.ts';

/** How long is waited for a server, and how often it is asked again. */
export interface Patience {
  /** A connection that brings nothing for so long is dropped. */
  stallMs: number;
  /** Connections in a row that bring nothing. */
  tries: number;
  /** Before the second try; doubled each time, up to half a minute. */
  pauseMs: number;
}
export const PATIENCE: Patience = { stallMs: 30_000, tries: 6, pauseMs: 1000 };
const LONGEST_PAUSE_MS = 30_000;

export type Stage = 'connecting' | 'downloading' | 'waiting' | 'verifying';

export interface Download {
  fetch: WebFetch;
  address: string;
  spec: ModelSpec;
  /** Where the model is to lie; until it is whole and verified it lies beside, as `.part`. */
  target: string;
  patience: Patience;
  signal: AbortSignal;
  report: (stage: Stage, bytes: number) => void;
  onRestart: (sentence: string) => void;
}

/**
 * Brings the file, going on where an earlier download ended, and puts it in place once its SHA-256 is right.
 * @throws MODEL_NO_SPACE, MODEL_DOWNLOAD_FAILED, MODEL_FILE_DAMAGED, DISK_FULL, FILE_UNWRITABLE, or what the signal throws
 */
export async function download(input: Download): Promise<void> {
  const { target, spec, signal, report } = input;
  requireSpace(path.dirname(target), spec.bytes - partBytes(target, spec));
  const part = await openPart(target, spec);
  try {
    await bring(input, part);
    await part.sync();
  } finally {
    await part.close();
  }
  const found = await hashFile(partPath(target), (done) => report('verifying', done), signal);
  if (found !== spec.sha256) {
    removePart(target);
    const problem = `what arrived is another file (its SHA-256 begins ${found.slice(0, 8)}, not ${spec.sha256.slice(0, 8)})`;
    throw new BrainnetError('MODEL_FILE_DAMAGED', { file: spec.file, problem });
  }
  await putInPlace(target);
}

/** Connection after connection, until everything is there. */
async function bring(input: Download, part: PartFile): Promise<void> {
  const { address, patience, signal, report } = input;
  let most = part.size;
  for (let idle = 0; ; ) {
    try {
      report('connecting', part.size);
      await transfer({
        ...{ ...input, part, stallMs: patience.stallMs },
        onBytes: () => report('downloading', part.size),
      });
      return;
    } catch (error) {
      const waitMs = await afterProblem(error, input, part);
      idle = part.size > most ? 0 : idle + 1;
      most = Math.max(most, part.size);
      if (idle >= patience.tries) throw failed(address, (error as Error).message, part.size);
      report('waiting', part.size);
      await pause(waitMs ?? longer(patience.pauseMs, idle), undefined, { signal });
    }
  }
}

/** How long the server asks to wait before the next try; null where it does not say. @throws where there is to be none */
async function afterProblem(error: unknown, { address, onRestart }: Download, part: PartFile): Promise<number | null> {
  if (error instanceof ChangedOnServer) {
    onRestart('The file on the server changed, so it begins anew.');
    await part.restart(address, null);
    return 0;
  }
  if (!(error instanceof TransferProblem)) throw error;
  if (!error.again) throw failed(address, error.message, part.size);
  return error.waitMs;
}

const longer = (firstMs: number, idle: number) =>
  Math.min(firstMs * 2 ** Math.max(0, idle - 1), LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);

function failed(address: string, problem: string, bytes: number): BrainnetError {
  const kept =
    bytes > 0 ? 'what has arrived is kept, and the next download goes on from there' : 'nothing of it is here yet';
  return new BrainnetError('MODEL_DOWNLOAD_FAILED', { where: shownAddress(address), problem, kept });
}

async function putInPlace(target: string): Promise<void> {
  try {
    await rename(partPath(target), target);
    syncFolder(path.dirname(target));
    await rm(`${partPath(target)}.json`, { force: true });
  } catch (error) {
    throw diskError(error, path.basename(target));
  }
}

/** Bytes that may be written where `dir` lies; null where the system does not say. */
export function freeBytes(dir: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  } catch (error) {
    const above = path.dirname(dir);
    return codeOf(error) === 'ENOENT' && above !== dir ? freeBytes(above) : null;
  }
}

/** Something is left for what else is written meanwhile. */
const MARGIN = 1.02;

/** @throws MODEL_NO_SPACE */
function requireSpace(dir: string, bytes: number): void {
  const free = freeBytes(dir);
  const need = Math.ceil(bytes * MARGIN);
  if (free === null || bytes === 0 || free >= need) return;
  throw new BrainnetError('MODEL_NO_SPACE', { dir, need: gigabytes(need), free: gigabytes(free) });
}

const gigabytes = (bytes: number) =>
  bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;

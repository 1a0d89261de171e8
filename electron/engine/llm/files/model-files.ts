import { rmSync } from 'node:fs';
import path from 'node:path';
import type { ModelFiles as ModelFilesView, ModelJob } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { type Clock, codeOf, diskError, type Logger, problemOf } from '../../platform/index.ts';
import { createWebFetch } from '../web-fetch.ts';
import { openChecks } from './checks.ts';
import { type Chosen, openChosen, sizeOf, titleOf } from './chosen.ts';
import { download, freeBytes, PATIENCE, type Patience } from './download.ts';
import { findModel, type Places } from './find.ts';
import { hashFile } from './hash-file.ts';
import { createJobs, type Jobs } from './job.ts';
import { addressOf, type ModelSpec, PHI, shownAddress } from './known.ts';
import { partBytes, removePart } from './part-file.ts';

export interface ModelFilesDeps {
  /** Downloads lie in `models` below. */
  dataDir: string;
  /** Folders in which a packaged app may hold the model, searched first. */
  resourceDirs: readonly string[];
  /** BRAINNET_MODEL_MIRROR, HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
  env: NodeJS.ProcessEnv;
  clock: Clock;
  log: Logger;
  /** Another file is in use, or the same was written again. */
  onChanged?: () => void;
  /** The model; tests put a small file in its place. */
  spec?: ModelSpec;
  patience?: Patience;
}

/** A model file whose content was found right. */
export interface UsableModel {
  path: string;
  title: string;
  sha256: string;
  /** False for a file of the user's own. */
  known: boolean;
}

/** The files of the embedded language model. Asks the network in `download` only. */
export interface ModelFiles {
  list(): ModelFilesView;
  /** Starts or goes on with the download, and returns its state at once. @throws MODEL_FILE_BUSY, BAD_SETTING, CLOSING */
  download(): ModelJob;
  /** Keeps what has arrived; false where no download is under way. */
  pause(): Promise<boolean>;
  /** Ends the work, and throws away what a download has brought; false where there was nothing. */
  cancel(): Promise<boolean>;
  /** The newest state of the work whenever it changes, to its end. */
  follow(signal?: AbortSignal): AsyncGenerator<ModelJob>;
  /** Reads the file in use whole. @throws LLM_MISSING, MODEL_FILE_*, CANCELLED */
  verify(): Promise<ModelFilesView>;
  /**
   * Uses a GGUF file where it lies, or with null the known model again.
   * @throws FILE_NOT_FOUND, FILE_UNREADABLE, MODEL_FILE_REFUSED, MODEL_FILE_BUSY, CANCELLED
   */
  use(file: string | null): Promise<ModelFilesView>;
  /** Deletes the downloaded file, and what a download left; never a file of the user's own. @throws MODEL_FILE_BUSY, FILE_UNWRITABLE */
  remove(): ModelFilesView;
  /**
   * The file to load, read whole by this process since it was last written: a flipped byte is found here.
   * @throws LLM_MISSING, MODEL_FILE_DAMAGED, MODEL_FILE_GONE, MODEL_FILE_REFUSED (chosen before it was refused), or what the signal throws
   */
  forUse(signal?: AbortSignal): Promise<UsableModel>;
  /** Pauses a download. */
  close(): Promise<void>;
}

export function createModelFiles(deps: ModelFilesDeps): ModelFiles {
  const { dataDir, resourceDirs, env, clock, spec = PHI, patience = PATIENCE, onChanged = () => undefined } = deps;
  const folder = path.join(dataDir, 'models');
  const target = path.join(folder, spec.file);
  const checks = openChecks(path.join(folder, 'checks.json'));
  const chosen = openChosen(path.join(folder, 'chosen.json'));
  const places: Places = { spec, resourceDirs, folder, checks };
  const jobs = createJobs(deps);
  const find = () => findModel(places, chosen.get());
  const read = async (file: string, onBytes: (done: number) => void, signal?: AbortSignal) => {
    const sha256 = await hashFile(file, onBytes, signal).catch((error) => {
      const problem = problemOf(error) ?? (codeOf(error) === 'ENOENT' ? 'it is not there any more' : null);
      throw problem ? new BrainnetError('FILE_UNREADABLE', { file, problem }, { cause: error }) : error;
    });
    checks.keep(file, sha256, new Date(clock.now()).toISOString());
    return sha256;
  };
  const list = (): ModelFilesView => {
    const { file, problem } = find();
    return {
      known: { ...knownOf(spec), address: addressShown(spec, env) },
      inUse: file,
      problem: problem?.toData() ?? null,
      job: jobs.state() ?? leftBehind(target, spec),
      folder,
      freeBytes: freeBytes(folder),
    };
  };

  return {
    list,
    download() {
      const address = addressOf(spec, env.BRAINNET_MODEL_MIRROR);
      const { file } = findModel(places, null);
      const isThere = file?.check === 'verified' || file?.check === 'unchecked';
      void jobs
        .start('download', spec.bytes, async ({ signal, report, note }) => {
          if (isThere && (await read(file.path, (done) => report('verifying', done), signal)) === spec.sha256) {
            note('The model is here already.');
            return;
          }
          const fetch = createWebFetch(env);
          await download({ fetch, address, spec, target, patience, signal, report, onRestart: note });
          checks.keep(target, spec.sha256, new Date(clock.now()).toISOString());
          if (chosen.get()) note('A file of your own stays in use; models use --default changes to the new one.');
          else onChanged();
        })
        .catch(() => undefined);
      return jobs.state()!;
    },
    pause: async () => jobs.state()?.kind === 'download' && (await jobs.stop('paused')),
    async cancel() {
      const isVerifying = jobs.state()?.kind === 'verify';
      const stopped = await jobs.stop('cancelled');
      if (stopped && isVerifying) return true;
      const had = partBytes(target, spec) > 0;
      removePart(target);
      if (!stopped) jobs.clear();
      return stopped || had;
    },
    follow: jobs.follow,
    async verify() {
      const { file, problem } = find();
      if (!file) throw problem;
      await jobs.start('verify', file.bytes, async ({ signal, report }) => {
        await read(file.path, (done) => report('verifying', done), signal);
        const after = find();
        if (after.file?.path !== file.path || after.problem) throw after.problem ?? damagedFile(file.path);
        if (after.file.place === 'own') await titleOf(file.path, signal);
      });
      return list();
    },
    async use(file) {
      if (file === null) chosen.set(null);
      else chosen.set(await inspected(file, jobs, read, spec));
      onChanged();
      return list();
    },
    remove() {
      jobs.requireIdle();
      try {
        rmSync(target, { force: true });
        removePart(target);
      } catch (error) {
        throw diskError(error, spec.file);
      }
      jobs.clear();
      onChanged();
      return list();
    },
    async forUse(signal) {
      for (;;) {
        const { file, problem } = find();
        if (problem || !file) throw problem;
        if (file.sha256 && checks.isFresh(file.path)) {
          if (file.place === 'own') await titleOf(file.path, signal);
          return { path: file.path, title: file.title, sha256: file.sha256, known: file.check === 'verified' };
        }
        await read(file.path, () => undefined, signal);
      }
    },
    close: jobs.close,
  };
}

/** A file of the user's own, looked at and read whole. */
async function inspected(
  file: string,
  jobs: Jobs,
  read: (file: string, onBytes: (done: number) => void, signal: AbortSignal) => Promise<string>,
  spec: ModelSpec,
): Promise<Chosen> {
  const bytes = sizeOf(file);
  let isModel = false;
  let title = '';
  let sha256 = '';
  const work = jobs.start('verify', bytes, async ({ signal, report }) => {
    title = await titleOf(file, signal);
    isModel = true;
    sha256 = await read(file, (done) => report('verifying', done), signal);
  });
  await work.catch((error: unknown) => {
    if (!isModel) jobs.clear();
    throw error;
  });
  return { path: file, bytes, sha256, title: sha256 === spec.sha256 ? spec.title : title };
}

const knownOf = ({ title, file, bytes, sha256, license }: ModelSpec) => ({ title, file, bytes, sha256, license });

/** Where a mirror is wrongly set, the address without it: the download itself says what is wrong. */
function addressShown(spec: ModelSpec, env: NodeJS.ProcessEnv): string {
  try {
    return shownAddress(addressOf(spec, env.BRAINNET_MODEL_MIRROR));
  } catch {
    return addressOf(spec, undefined);
  }
}

const damagedFile = (file: string) =>
  new BrainnetError('MODEL_FILE_DAMAGED', { file, problem: 'its content is not that of the model (SHA-256)' });

/** A download that another process began. */
function leftBehind(target: string, spec: ModelSpec): ModelJob | null {
  const done = partBytes(target, spec);
  if (done === 0) return null;
  const nothing = { bytesPerSecond: null, leftMs: null, note: null, error: null };
  return { kind: 'download', status: 'paused', stage: 'connecting', done, total: spec.bytes, ...nothing };
}

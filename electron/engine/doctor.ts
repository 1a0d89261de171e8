import { accessSync, constants, existsSync, readdirSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Check, governedLines } from '../../shared/domain/index.ts';
import { toErrorData } from '../../shared/errors.ts';
import { openJournalReader } from './journal-reader.ts';
import {
  backupsOf,
  createLog,
  dataFolderHolder,
  engineVersion,
  openSettings,
  packageRoot,
  systemClock,
} from './platform/index.ts';

export interface DoctorOptions {
  dataDir: string;
  env?: NodeJS.ProcessEnv;
  /** True inside a running engine, which holds its own data folder. */
  engineRunsHere?: boolean;
  /** Ask the live sources on the network too. */
  online?: boolean;
}

type Finding = Omit<Check, 'name'>;

/** Looks at everything that can be wrong on this machine; reads only, asks the network only when told to, works beside a running engine. */
export async function runDoctor(options: DoctorOptions): Promise<Check[]> {
  const { dataDir, env = process.env, engineRunsHere = false, online = false } = options;
  const checks: [string, () => Finding | Promise<Finding>][] = [
    [
      'version',
      () =>
        ok(
          `Brainnet ${engineVersion()} on Node ${process.versions.node}, ${os.platform()} ${os.arch()}, ${os.cpus().length} cores.`,
        ),
    ],
    ['data folder', () => dataFolder(dataDir)],
    ['disk', () => disk(dataDir)],
    ['engine', () => engineState(dataDir, engineRunsHere)],
    ['journal', () => journal(dataDir)],
    ['set aside', () => setAside(dataDir)],
    ['settings', () => settings(dataDir, env)],
    ['network file', networkFile],
    ['heads', () => headsInForce(dataDir)],
    ['execution provider', executionProvider],
    ['language model', () => languageModel(dataDir, env, online)],
    ['live sources', () => liveSources(online)],
  ];
  const results: Check[] = [];
  for (const [name, check] of checks) results.push({ name, ...(await guarded(check)) });
  return results;
}

async function guarded(check: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return { state: 'problem', sentence: toErrorData(error).sentence };
  }
}

const ok = (sentence: string): Finding => ({ state: 'ok', sentence });

function dataFolder(dir: string): Finding {
  if (!existsSync(dir)) return ok(`${dir} does not exist yet; it is made at the first start.`);
  try {
    accessSync(dir, constants.R_OK | constants.W_OK);
    return ok(`${dir} can be written.`);
  } catch {
    return {
      state: 'problem',
      sentence: `${dir} cannot be written: change its permissions, or choose another with --data-dir.`,
    };
  }
}

const MIN_FREE_BYTES = 500e6;

function disk(dir: string): Finding {
  const existing = nearestExisting(dir);
  const { bavail, bsize } = statfsSync(existing);
  const free = bavail * bsize;
  const sentence = `${(free / 1e9).toFixed(1)} GB free where the data folder lies.`;
  return free < MIN_FREE_BYTES
    ? { state: 'warning', sentence: `${sentence} Free some before long work.` }
    : ok(sentence);
}

function nearestExisting(dir: string): string {
  return existsSync(dir) ? dir : nearestExisting(path.dirname(path.resolve(dir)));
}

function engineState(dir: string, engineRunsHere: boolean): Finding {
  if (engineRunsHere) return ok('This engine holds the data folder.');
  const pid = dataFolderHolder(dir);
  return ok(
    pid === null ? 'No engine runs on this data folder.' : `An engine (process ${pid}) is using this data folder.`,
  );
}

const NO_JOURNAL = ok('No journal yet; the first analysis makes one.');

function journal(dir: string): Finding {
  try {
    const reader = openJournalReader(dir);
    try {
      reader.check();
      return ok(`${reader.count()} decisions can be read.`);
    } finally {
      reader.close();
    }
  } catch (error) {
    if (toErrorData(error).code === 'DATABASE_MISSING') return NO_JOURNAL;
    throw error;
  }
}

/** Damaged databases that earlier starts set aside, each with its log beside it. */
function setAside(dir: string): Finding {
  const names = existsSync(dir) ? readdirSync(dir) : [];
  const found = names.filter((name) => name.includes('.db.damaged-') && !/-(wal|shm)$/.test(name));
  const earlier = backupsOf(dir, 'earlier');
  if (found.length === 0 && earlier.length === 0) return ok('No damaged database was set aside.');
  const list = found.map((name) => path.join(dir, name)).join(', ');
  const told = [
    found.length > 0 && `Damaged databases were set aside unchanged: ${list}. Recover or delete them.`,
    earlier.length > 0 &&
      `Backups of an earlier journal are kept: ${earlier.map(({ file }) => file).join(', ')}. brainnet restore brings the newest back, brainnet restore --decline stays with the journal as it is.`,
  ];
  return { state: 'warning', sentence: told.filter(Boolean).join(' ') };
}

function settings(dir: string, env: NodeJS.ProcessEnv): Finding {
  const changed = openSettings(path.join(dir, 'settings.json'), env)
    .view()
    .filter(({ origin }) => origin !== 'default');
  const list = changed.map(({ name, value, origin }) => `${name} = ${value} (${origin})`).join(', ');
  return ok(list ? `Set: ${list}.` : 'All at their defaults.');
}

async function networkFile(): Promise<Finding> {
  const { verifyModel } = await import('./vision/index.ts');
  const folder = path.join(packageRoot(), 'models');
  const info = verifyModel(path.join(folder, 'convnext-tiny-gaf.onnx'), path.join(folder, 'model-card.json'));
  return ok(`${info.file}, ${(info.bytes / 1e6).toFixed(1)} MB, SHA-256 as in its card.`);
}

/** Which heads read, and whether the ones that were chosen can. */
async function headsInForce(dir: string): Promise<Finding> {
  const { openTunedNetwork } = await import('./vision/index.ts');
  const unread = () => Promise.reject(new Error('the heads are listed without the network'));
  const cardFile = path.join(packageRoot(), 'models', 'model-card.json');
  const list = openTunedNetwork(unread, path.join(dir, 'heads'), cardFile).store.list();
  if (list.problem) return { state: 'problem', sentence: list.problem };
  const inForce = list.versions.find(({ id }) => id === list.inForce);
  const told = inForce
    ? `Fine-tuned heads ${inForce.id} read ${governedLines(inForce.governs).join('; ')}; the shipped heads read all else.`
    : 'The shipped heads read everything.';
  const [unusable] = list.unusable;
  if (!unusable) return ok(told);
  return { state: 'warning', sentence: `${told} ${unusable.file} cannot be used: ${unusable.problem}.` };
}

async function executionProvider(): Promise<Finding> {
  const { listProviders } = await import('./vision/index.ts');
  return ok(`onnxruntime offers ${(await listProviders()).join(', ')}.`);
}

async function languageModel(dataDir: string, env: NodeJS.ProcessEnv, online: boolean): Promise<Finding> {
  const { checkLanguageModel, createModelFiles, modelFolders } = await import('./llm/index.ts');
  const settings = openSettings(path.join(dataDir, 'settings.json'), env).values();
  const log = createLog({ BRAINNET_LOG: 'silent' });
  const files = createModelFiles({ dataDir, resourceDirs: modelFolders(), env, clock: systemClock, log });
  const { state, sentence } = await checkLanguageModel({ settings, env, files, online });
  return { state, sentence };
}

async function liveSources(online: boolean): Promise<Finding> {
  const { checkSources } = await import('./market/index.ts');
  const states = await checkSources({ clock: systemClock }, online);
  const hosts = states.flatMap((state) => state.hosts).join(', ');
  if (!online) return ok(`Asked only for symbols of live sources, at ${hosts}; doctor --online tries them now.`);
  const told = states.map(({ name, bars, problem }) => problem ?? `${name} answered with ${bars} bars.`).join(' ');
  return { state: states.some(({ problem }) => problem === null) ? 'ok' : 'problem', sentence: told };
}

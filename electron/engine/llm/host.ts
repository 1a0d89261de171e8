import path from 'node:path';
import type { Settings } from '../../../shared/domain/index.ts';
import { BrainnetError, toErrorData } from '../../../shared/errors.ts';
import { type Logger, sha256 } from '../platform/index.ts';
import { createEmbeddedLlm, type EmbeddedLlm, type EmbeddedOptions, machineName } from './embedded/index.ts';
import type { ModelFiles } from './files/index.ts';
import { counted, createRateBook, type RateBook } from './rates.ts';
import { ratesFile } from './rates-file.ts';
import type { Llm, LlmHost, LlmRates, LlmState } from './types.ts';

type Backend = Settings['LLM_BACKEND'];
export type ServerBackend = Exclude<Backend, 'embedded' | 'none'>;

export interface LlmHostDeps {
  /** The setting in force. */
  backend(): Backend;
  /** The other settings that a model is opened with, as one text: where they change it is opened anew. */
  openedWith?(backend: Backend): string;
  /** Most tokens of a request and its answer, of the embedded model; default its own. */
  contextTokens?(): number;
  files: Pick<ModelFiles, 'forUse' | 'list'>;
  /** Of the embedded model's own: measurements, and states while it runs. */
  dir: string;
  /** A model behind HTTP; `auto` looks on the usual addresses. An abort ends the opening. @throws LLM_UNREACHABLE and the others of a server */
  openServer(backend: ServerBackend, signal: AbortSignal): Promise<Llm>;
  /** Whether the settings name a server that could be asked; asks none. @throws BAD_SETTING, SETTING_MISSING */
  checkServer?(backend: ServerBackend): void;
  log?: Logger;
  /** For tests. */
  embedded?: Partial<EmbeddedOptions>;
}

interface Held {
  key: string;
  opening: Promise<Open>;
  open: Open | null;
  /** Under way where it was unloaded when idle or its process was lost. */
  reloading: Promise<unknown> | null;
  problem: string | null;
}

interface Open {
  llm: Llm;
  /** Null for a server. */
  embedded: EmbeddedLlm | null;
  book: RateBook;
  /** What its rates are kept under. */
  model: string;
}

const UNMEASURED: LlmRates = { promptTokensPerSecond: null, generatedTokensPerSecond: null, workMs: null };

/** Keeps the one language model that the settings ask for; a failed load is tried again at the next request. */
export function createLlmHost(deps: LlmHostDeps): LlmHost {
  let held: Held | null = null;
  const closing = new AbortController();
  const keyOf = (backend: Backend) => `${backend} ${deps.openedWith?.(backend) ?? ''}`;

  const letGo = async (old: Held | null) => {
    await old?.opening.then(({ llm }) => llm.close()).catch(() => {});
  };

  const begin = (backend: Backend): Held => {
    const before = held;
    const opening = letGo(before).then(() => open(deps, backend, closing.signal));
    const next: Held = { key: keyOf(backend), opening, open: null, reloading: null, problem: null };
    opening.then(
      (opened) => {
        next.open = opened;
      },
      (error: unknown) => {
        next.problem = toErrorData(error).sentence;
      },
    );
    return next;
  };

  return {
    async get() {
      if (closing.signal.aborted) throw new BrainnetError('CLOSING');
      const backend = deps.backend();
      if (held?.key !== keyOf(backend) || held.problem !== null) held = begin(backend);
      return loaded(held);
    },
    state() {
      const backend = deps.backend();
      if (held?.key !== keyOf(backend)) return unopened(deps, backend);
      if (held.problem !== null) return missing(deps, backend) ?? { status: 'failed', sentence: held.problem };
      return held.open && !held.reloading ? stateOf(held.open) : { status: 'loading' };
    },
    worked(ms) {
      if (!held?.open) return;
      const { book, model } = held.open;
      book.worked(ms);
      try {
        ratesFile(deps.dir).write(model, book.rates());
      } catch (error) {
        deps.log?.warn({ err: error }, 'the rates of the language model are not kept');
      }
    },
    forget() {
      const old = held;
      held = null;
      void letGo(old);
    },
    async close() {
      closing.abort();
      await letGo(held);
    },
  };
}

/** What is held, loaded: a load stands outside the time that who asks for the model gives its answers. */
async function loaded(held: Held): Promise<Llm> {
  const { llm, embedded } = await held.opening;
  if (embedded?.loaded() !== false) return llm;
  held.reloading ??= reload(held, embedded);
  await held.reloading;
  return llm;
}

async function reload(held: Held, embedded: EmbeddedLlm): Promise<void> {
  try {
    await embedded.countTokens('');
  } catch (error) {
    held.problem = toErrorData(error).sentence;
    throw error;
  } finally {
    held.reloading = null;
  }
}

async function open(deps: LlmHostDeps, backend: Backend, signal: AbortSignal): Promise<Open> {
  if (backend === 'none') throw new BrainnetError('LLM_OFF');
  if (backend === 'embedded') return openEmbedded(deps, signal);
  if (backend !== 'auto') return openServer(deps, backend, signal);
  try {
    return await openServer(deps, 'auto', signal);
  } catch (error) {
    if (deps.files.list().inUse === null) throw error;
    return openEmbedded(deps, signal);
  }
}

async function openServer(deps: LlmHostDeps, backend: ServerBackend, signal: AbortSignal): Promise<Open> {
  const llm = await deps.openServer(backend, signal);
  const model = modelOf(deps, backend);
  const book = createRateBook(keptRates(deps, model));
  return { llm: counted(llm, book), embedded: null, book, model };
}

async function openEmbedded(deps: LlmHostDeps, signal: AbortSignal): Promise<Open> {
  const { files, dir, log, embedded: options } = deps;
  const { path: file, title, sha256 } = await files.forUse(signal);
  const common = { file, name: title, sha256, checked: true, dir, log, signal, contextTokens: deps.contextTokens?.() };
  const embedded = await createEmbeddedLlm({ ...common, ...options });
  const model = modelOf(deps, 'embedded');
  const kept = keptRates(deps, model);
  const book = createRateBook(kept.promptTokensPerSecond === null ? { ...embedded.tuning(), workMs: null } : kept);
  return { llm: counted(embedded, book), embedded, book, model };
}

function stateOf({ llm, embedded, book }: Open): LlmState {
  const rates = book.rates();
  return embedded?.loaded() === false ? { status: 'unloaded', rates } : { status: 'ready', info: llm.info, rates };
}

function unopened(deps: LlmHostDeps, backend: Backend): LlmState {
  return missing(deps, backend) ?? { status: 'unloaded', rates: keptRates(deps, ...modelsOf(deps, backend)) };
}

/** What a backend's rates may be kept under: `auto` asks a server, or takes the file where none answers. */
const modelsOf = (deps: LlmHostDeps, backend: Backend): string[] =>
  (backend === 'auto' ? (['auto', 'embedded'] as const) : [backend]).map((each) => modelOf(deps, each));

/** What the rates of a model are kept under: its file, or a hash of how its server is named, on this machine. */
function modelOf({ files, openedWith }: LlmHostDeps, backend: Backend): string {
  const { inUse } = files.list();
  const file = backend === 'embedded' && inUse ? `${path.basename(inUse.path)}, ${inUse.bytes} bytes` : '';
  return `${backend} ${file || sha256(openedWith?.(backend) ?? '').slice(0, 16)} on ${machineName()}`;
}

const keptRates = ({ dir }: LlmHostDeps, ...models: string[]): LlmRates => ratesFile(dir).read(...models) ?? UNMEASURED;

/** Why there is no model at all, where that is known without loading one or asking a server. */
function missing({ files, checkServer }: LlmHostDeps, backend: Backend): LlmState | null {
  if (backend === 'none') return { status: 'none', sentence: new BrainnetError('LLM_OFF').message };
  if (backend !== 'embedded') {
    const wrong = problemOf(() => checkServer?.(backend));
    return wrong === null ? null : { status: 'none', sentence: wrong };
  }
  const { inUse, problem } = files.list();
  if (inUse && !problem) return null;
  return { status: 'none', sentence: problem?.sentence ?? new BrainnetError('LLM_MISSING').message };
}

function problemOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return toErrorData(error).sentence;
  }
}

import { randomInt } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import type { ZodType } from 'zod';
import { BrainnetError, toErrorData } from '../../../../shared/errors.ts';
import type { Logger } from '../../platform/index.ts';
import type { Answer, GenerateOptions, Llm, LlmInfo, Message } from '../types.ts';
import { grammarOf, shortGrammarOf } from './grammar/index.ts';
import { type Link, openLink } from './link.ts';
import { loadLimitMs } from './load-limit.ts';
import type { Generated, Tuning } from './messages.ts';
import { tuningFile } from './tuning-file.ts';

export type { Tuning } from './messages.ts';
export { machineName } from './tuning-file.ts';

const IDLE_MS = 600_000;
export const CONTEXT_TOKENS = 31_000;

export interface EmbeddedOptions {
  /** A GGUF file. */
  file: string;
  /** Checked before the file is used; null: the file is taken as it is. */
  sha256: string | null;
  /** The caller has checked it just now; it is checked again only when the file changes. */
  checked?: boolean;
  /** Of the language model's own: its measurement, and the states of prefixes while it runs; null: neither is kept. */
  dir: string | null;
  /** Shown; default the file's name. */
  name?: string;
  /** Most tokens of a request and its answer; default 31,000. */
  contextTokens?: number;
  /** Unloaded after this time without a request; default ten minutes. */
  idleMs?: number;
  /** The best GPU that llama.cpp finds, or none; default auto. */
  gpu?: 'auto' | false;
  /** Instead of a measurement. */
  tuning?: Tuning;
  /** A load is given up after this; default `loadLimitMs` of the file. */
  loadLimitMs?: number;
  /** Whether a measurement now is worth keeping; default where the machine has a core left. */
  quiet?(): boolean;
  /** Ends it, loading or not. */
  signal?: AbortSignal;
  log?: Logger;
}

export interface EmbeddedLlm extends Llm {
  loaded(): boolean;
  /** What the measurement chose, and its rates. */
  tuning(): Tuning;
  /** The process of llama.cpp; undefined while it is unloaded. */
  pid(): number | undefined;
}

/**
 * llama.cpp in a process of its own. Loaded now and, after it was unloaded when idle or its process was lost, again at the
 * next request.
 * @throws LLM_UNLOADABLE, and LLM_FAILED where its process is lost later; MODEL_CLOSED after `close`, CLOSING after the signal
 */
export async function createEmbeddedLlm(options: EmbeddedOptions): Promise<EmbeddedLlm> {
  const closing = new AbortController();
  const ends = AbortSignal.any([closing.signal, ...(options.signal ? [options.signal] : [])]);
  const open = createOpener(options, ends);
  const idle = createIdle(options.idleMs ?? IDLE_MS, () => void unload());
  let link: Promise<Link> | null = null;
  let current: Link | null = null;
  let info: LlmInfo;
  let tuning: Tuning;

  const load = async (): Promise<Link> => {
    const opened = await open();
    current = opened;
    info = opened.ready.info;
    tuning = opened.ready.tuning;
    return opened;
  };
  const unload = async () => {
    const old = link;
    link = null;
    current = null;
    await old?.then((opened) => opened.end()).catch(() => {});
  };
  const running = async (): Promise<Link> => {
    if (ends.aborted) throw gone();
    if (link && (current === null || current.alive())) return link;
    const loading = load();
    link = loading;
    loading.catch(() => {
      if (link === loading) link = null;
    });
    return loading;
  };
  const gone = () => new BrainnetError(options.signal?.aborted ? 'CLOSING' : 'MODEL_CLOSED');
  const withLink = async <T>(work: (link: Link) => Promise<T>): Promise<T> => {
    idle.begin();
    try {
      return await work(await running());
    } catch (error) {
      const { code } = toErrorData(error);
      throw ends.aborted && code !== 'CANCELLED' ? gone() : error;
    } finally {
      idle.end();
    }
  };

  await withLink(async () => {});
  return {
    get info() {
      return info;
    },
    generate: async (messages, asked) => {
      refusePictures(messages, info);
      return withLink((at) => generateBy(at, messages, asked));
    },
    generateWithImage: () => Promise.reject(new BrainnetError('LLM_NO_VISION', { model: info.name })),
    probabilities: async (messages, words, { signal } = {}) => {
      refusePictures(messages, info);
      const asked = { kind: 'probabilities', messages: [...messages], words } as const;
      return withLink((at) => at.ask<'probabilities'>(asked, { signal }));
    },
    countTokens: (text) => withLink((at) => at.ask<'count'>({ kind: 'count', text })),
    loaded: () => current?.alive() ?? false,
    tuning: () => tuning,
    pid: () => (current?.alive() ? current.pid : undefined),
    async close() {
      closing.abort();
      idle.stop();
      await unload();
    },
  };
}

/** @throws LLM_NO_VISION */
function refusePictures(messages: readonly Message[], { name }: LlmInfo): void {
  if (messages.some(({ picture }) => picture)) throw new BrainnetError('LLM_NO_VISION', { model: name });
}

/**
 * A constrained answer that did not end within its tokens is asked for once more, with texts so short that it must.
 */
async function generateBy<T>(
  link: Link,
  messages: readonly Message[],
  options: GenerateOptions<T>,
): Promise<Answer<T>> {
  const { maxTokens, temperature, schema, signal, onToken, seed = randomInt(2 ** 31) } = options;
  const stream = onToken !== undefined;
  const common = { kind: 'generate', messages: [...messages], maxTokens, temperature, seed, stream } as const;
  const ask = (grammar: string | null) => link.ask<'generate'>({ ...common, grammar }, { signal, onToken });
  if (!schema) return { ...(await ask(null)), value: null, repaired: false };
  const first = await ask(grammarOf(schema));
  const short = first.finish === 'length' ? shortGrammarOf(schema, maxTokens) : null;
  if (short === null) return { ...first, value: parsed(first, schema), repaired: false };
  const second = await ask(short);
  return { ...bothOf(first, second), value: parsed(second, schema), repaired: true };
}

function bothOf(first: Generated, second: Generated): Generated {
  const promptMs = first.timing.promptMs + second.timing.promptMs;
  const generateMs = first.timing.generateMs + second.timing.generateMs;
  const { usage } = second;
  const counts = {
    promptTokens: first.usage.promptTokens + usage.promptTokens,
    reusedTokens: first.usage.reusedTokens + usage.reusedTokens,
    evaluatedTokens: first.usage.evaluatedTokens + usage.evaluatedTokens,
    generatedTokens: first.usage.generatedTokens + usage.generatedTokens,
  };
  return { ...second, usage: counts, timing: { promptMs, generateMs } };
}

/** @throws LLM_ANSWER_BAD */
function parsed<T>({ text, finish }: Generated, schema: ZodType<T>): T {
  const bad = (problem: string) => new BrainnetError('LLM_ANSWER_BAD', { problem });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw bad(finish === 'length' ? 'it was longer than it may be' : 'it is not JSON');
  }
  const result = schema.safeParse(json);
  if (!result.success) throw bad(`${result.error.issues[0]?.path.join('.') ?? 'it'} is not of its kind`);
  return result.data;
}

/** Starts the process with what is known: a file checked once is not checked again until it changes. */
function createOpener(options: EmbeddedOptions, signal: AbortSignal): () => Promise<Link> {
  const { file, sha256, gpu = 'auto', contextTokens = CONTEXT_TOKENS, log } = options;
  const name = options.name ?? path.basename(file, '.gguf');
  const kept = options.dir === null ? null : tuningFile(options.dir, file, gpu);
  let checked = options.checked ? stateOf(file) : null;
  return async () => {
    const state = stateOf(file);
    if (state === null)
      throw new BrainnetError('LLM_UNLOADABLE', { file: path.basename(file), problem: 'its file is gone' });
    const tuning = options.tuning ?? kept?.read() ?? null;
    const quiet = (options.quiet ?? isQuiet)();
    const expected = checked === state ? null : sha256;
    const link = await openLink(
      { file, name, sha256: expected, contextTokens, gpu, tuning, stateDir: options.dir && emptyStates(options.dir) },
      {
        limitMs: options.loadLimitMs ?? loadLimitMs(statSync(file).size),
        signal,
        lastWords: (text) => log?.info({ text }, 'the process of the language model ended'),
      },
    );
    checked = state;
    link.ready.info.sha256 = sha256;
    if (tuning === null && quiet) keep(() => kept?.write(link.ready.tuning), log);
    return link;
  };
}

/** States that a process left behind are of no use to the next. */
function emptyStates(dir: string): string | null {
  const folder = path.join(dir, 'states');
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch {
    return null;
  }
}

/** What is measured beside the work of others is used, and measured again at the next load. Windows tells no load. */
const isQuiet = () => loadavg()[0]! < availableParallelism();

function stateOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? `${found.size} ${found.mtimeMs}` : null;
}

/** A measurement that cannot be kept is made again. */
function keep(write: () => void, log: Logger | undefined): void {
  try {
    write();
  } catch (error) {
    log?.warn({ err: error }, 'the measurement of the language model is not kept');
  }
}

/** Calls `onIdle` once nothing has been under way for `ms`. */
function createIdle(ms: number, onIdle: () => void) {
  let under = 0;
  let timer: NodeJS.Timeout | undefined;
  return {
    begin() {
      under++;
      clearTimeout(timer);
    },
    end() {
      under--;
      if (under === 0) timer = setTimeout(onIdle, ms).unref();
    },
    stop: () => clearTimeout(timer),
  };
}

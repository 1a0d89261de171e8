import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { getLlama, type Llama, type LlamaContext, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { BrainnetError } from '../../../../shared/errors.ts';
import { printable } from '../../../../shared/printable.ts';
import type { LlmInfo } from '../types.ts';
import type { Loaded } from './generate.ts';
import { createLanes } from './lanes.ts';
import { measure } from './measure.ts';
import type { Start, Tuning } from './messages.ts';
import { createRender } from './turns.ts';

/** A prompt is evaluated in parts of about this long, so that an abort is seen. */
const PART_SECONDS = 1;
const LEAST_PART = 32;

export interface Opened extends Loaded {
  info: LlmInfo;
  tuning: Tuning;
}

/** Loads the file into this process. What llama.cpp says of a fault becomes part of the sentence. @throws LLM_FAILED */
export async function open(start: Start): Promise<Opened> {
  if (start.sha256) await refuseOther(start.file, start.sha256);
  const faults: string[] = [];
  try {
    const llama = await getLlama({
      gpu: start.gpu,
      build: 'never',
      progressLogs: false,
      maxThreads: 0,
      logLevel: LlamaLogLevel.error,
      logger: (_, message) => faults.push(message.trim()),
    });
    const model = await llama.loadModel({ modelPath: start.file });
    return await opened(start, llama, model);
  } catch (error) {
    if (error instanceof BrainnetError) throw error;
    const said = reasonOf(faults) ?? (error instanceof Error ? error.message : 'unknown');
    throw new BrainnetError('LLM_FAILED', { problem: plain(said) }, { cause: error });
  }
}

async function opened(start: Start, llama: Llama, model: LlamaModel): Promise<Opened> {
  const gpu = llama.gpu !== false && model.gpuLayers > 0;
  const tuning = start.tuning ?? (await measure(model, Math.max(1, llama.cpuMathCores), gpu));
  const wanted = Math.min(start.contextTokens, model.trainContextSize);
  const context = await createContext(model, wanted, tuning);
  const part = Math.max(LEAST_PART, Math.round(tuning.promptTokensPerSecond * PART_SECONDS));
  const lanes = createLanes(context, {
    count: context.totalSequences,
    part: Math.min(context.batchSize, part),
    stateDir: start.stateDir,
  });
  const contextTokens = Math.min(context.contextSize, wanted);
  const info: LlmInfo = {
    backend: 'embedded',
    name: start.name,
    file: start.file,
    sha256: start.sha256,
    contextTokens,
    device: await deviceName(llama, gpu),
    vision: false,
    tokenProbabilities: true,
    threads: tuning.threads,
    together: context.totalSequences,
    note: noteOf(contextTokens, start.contextTokens, model.trainContextSize),
  };
  return { llama, model, contextTokens, render: createRender(model), lanes, info, tuning };
}

/** 4 sequences only where each has all the context wanted; else one with as much as fits. */
async function createContext(model: LlamaModel, wanted: number, tuning: Tuning): Promise<LlamaContext> {
  const common = { threads: tuning.threads, batchSize: Math.min(tuning.batch, wanted) };
  if (tuning.lanes > 1) {
    try {
      return await model.createContext({ ...common, sequences: tuning.lanes, contextSize: wanted });
    } catch {
      // not enough memory for so many
    }
  }
  return model.createContext({ ...common, contextSize: { max: wanted } });
}

async function deviceName(llama: Llama, gpu: boolean): Promise<string> {
  if (!gpu) return 'CPU';
  const kind = { metal: 'Metal', cuda: 'CUDA', vulkan: 'Vulkan' }[llama.gpu as 'metal' | 'cuda' | 'vulkan'];
  const [name] = await llama.getGpuDeviceNames();
  return name ? `${kind} (${name})` : kind;
}

function noteOf(tokens: number, asked: number, trained: number): string | null {
  if (tokens >= asked) return null;
  const number = (value: number) => value.toLocaleString('en-US');
  if (tokens >= trained) return `It reads ${number(tokens)} tokens at most, as it was trained.`;
  return `The memory of this machine holds ${number(tokens)} tokens at once instead of ${number(asked)}.`;
}

async function refuseOther(file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(part);
  if (hash.digest('hex') === sha256) return;
  throw new BrainnetError('LLM_FAILED', { problem: 'its file is not the one it should be, by its SHA-256' });
}

/** llama.cpp says first what it fell over, then what could not be done for that. */
function reasonOf(faults: readonly string[]): string | undefined {
  const why = faults.map((fault) => /error loading model: (.+)/s.exec(fault)?.[1]).find((reason) => reason);
  return why ?? faults[0]?.replace(/^\w+: /, '');
}

/** One line without paths, bounded. */
function plain(text: string): string {
  const line = printable(text.replace(/\s+/g, ' ')).replace(/(['"(\s])(?:\/|[A-Z]:\\)[^\s'")]*/g, '$1its file');
  return line.slice(0, 200).replace(/\.$/, '');
}

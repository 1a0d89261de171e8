import type { ModelInfo, Novelty, Reading, SampleStatus, TunedHeads } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Database } from '../../platform/index.ts';
import { type Answer, openAnswerCache } from './cache.ts';
import { readCard, requireWeights, statedWeights } from './card.ts';
import { modelInfo } from './info.ts';
import { noveltyOf } from './novelty.ts';
import { type Projection, projectionOf } from './projection.ts';
import type { Device } from './providers.ts';
import { createReadAhead, TOGETHER, type WindowToRead } from './read-ahead.ts';
import { LOGITS, type Logits, readingOf, splitLogits } from './reading.ts';
import { type Reference, readReference, referenceBeside } from './reference.ts';
import { sampleStatus } from './sample.ts';
import { openSession } from './session.ts';

/** Fixed, so that a decision replays byte for byte however many cores are free (DEFINITIONS 6). */
const THREADS = 2;
/** Counted up when the picture's drawing changes what the network sees. */
const PICTURE = 2;

export interface ConvnextOptions {
  modelFile: string;
  /** The manifest and the reference lie beside it. */
  cardFile: string;
  /** `auto` takes an accelerator of this build of ONNX Runtime where there is one, else the CPU. */
  device: Device;
  /** Threads within an operator, default 2 on every machine, since the last digits of an answer depend on it. */
  threads?: number;
  cache?: Database | null;
}

export interface Prediction {
  /** Class probabilities; each head sums to 1. */
  reading: Reading;
  /** As they came out of the network, float32 values. */
  logits: Logits;
  /** The 768 values before the heads. */
  embedding: Float32Array;
  /** How far the window lies from the training windows; flagged = no position. */
  novelty: Novelty;
  /** Time in the network, ms; 0 for an answer out of the cache, the share of its batch in a batch. */
  inferenceMs: number;
  cached: boolean;
}

export interface Convnext extends Projection {
  info: ModelInfo;
  /** SHA-256 of the weights, checked before they were loaded. */
  modelHash: string;
  /** SHA-256 of the reference that novelty and projection rest on. */
  referenceHash: string;
  /** The fine-tuned heads that its readings come from; left out where they are the shipped ones. */
  heads?: TunedHeads;
  /** SHA-256 of the fine-tuned head that reads the regime, from which C and the side of a decision come; left out where it is the shipped one. */
  regimeHead?: string;
  executionProvider: string;
  /** Why another provider than the one asked for runs, one sentence; null where it is the one asked for. */
  fallback: string | null;
  threads: number;
  /** Windows in a run of `predict`: 1, so that answers replay byte for byte. */
  batchSize: number;
  /** Share of each direction label over the trained symbols before 2012. */
  directionBaseRates: Reading['direction'];
  /** Whether an as-of (UTC ms) of a symbol lies in what the network was fitted on (DEFINITIONS 4). */
  sampleStatus(symbol: string, asOfMs: number): SampleStatus;
  /**
   * Reads one window, as `networkInput` made it. With its hash the answer is kept and found again, byte for byte. Calls may overlap; they queue.
   * @throws WINDOW_NOT_READ (length), MODEL_FAILED
   */
  predict(x: Float64Array, windowHash?: string): Promise<Prediction>;
  /** Reads many windows, several at once: faster, equal to `predict` within 1e-5. @throws as `predict` */
  predictBatch(xs: readonly Float64Array[]): Promise<Prediction[]>;
  /**
   * Reads windows that `predict` will be asked for, so that it finds their answers, byte for byte those that it would have given: in
   * batches where this machine reads alike in batches and alone. Does nothing without a cache. @throws as `predict`
   */
  readAhead(windows: readonly WindowToRead[], signal?: AbortSignal): Promise<void>;
  /** The embedding alone. @throws as `predict` */
  extractFeatures(x: Float64Array): Promise<Float32Array>;
  /** False once its thread has ended: load another. */
  alive(): boolean;
  close(): Promise<void>;
}

/**
 * Loads the network, once weights, card and reference are the ones that belong together.
 * @throws MODEL_MISSING, MODEL_DAMAGED, MODEL_MISMATCHED, MODEL_FAILED
 */
export async function createConvnext(options: ConvnextOptions): Promise<Convnext> {
  const { modelFile, device, threads = THREADS } = options;
  const card = readCard(options.cardFile);
  const weights = statedWeights(card);
  requireWeights(modelFile, weights);
  const reference = readReference(referenceBeside(options.cardFile), weights.sha256);
  const answered = answerWith(reference);
  const windowBars = card.window;
  const session = await openSession({ modelFile, weights, device, threads, windowBars });
  const setUp = `${weights.sha256}/${session.provider}/${threads}/${PICTURE}`;
  const cache = openAnswerCache(options.cache ?? null, setUp, card.features);
  const { bullish, bearish, neutral } = card.directionBaseRates;

  async function predict(x: Float64Array, windowHash?: string): Promise<Prediction> {
    requireWindow(x, windowBars);
    const known = windowHash === undefined ? null : cache.get(windowHash);
    if (known) return answered(x, known, 0, true);
    const { logits, embeddings, ms } = await session.run(x.slice());
    const answer = { logits, embedding: embeddings };
    if (windowHash !== undefined) cache.put(windowHash, answer);
    return answered(x, answer, ms, false);
  }

  async function predictBatch(xs: readonly Float64Array[]): Promise<Prediction[]> {
    for (const x of xs) requireWindow(x, windowBars);
    const all: Prediction[] = [];
    for (let from = 0; from < xs.length; from += TOGETHER) {
      const chunk = xs.slice(from, from + TOGETHER);
      const { answers, ms } = await together(chunk);
      answers.forEach((answer, w) => {
        all.push(answered(chunk[w]!, answer, ms / chunk.length, false));
      });
    }
    return all;
  }

  async function together(xs: readonly Float64Array[]): Promise<{ answers: Answer[]; ms: number }> {
    const { logits, embeddings, ms } = await session.run(joined(xs, windowBars));
    const answers = xs.map((_, w) => ({
      logits: part(logits, w, LOGITS),
      embedding: part(embeddings, w, card.features),
    }));
    return { answers, ms };
  }
  const readAhead = createReadAhead({ cache, together: async (xs) => (await together(xs)).answers });

  return {
    ...projectionOf(reference),
    info: modelInfo(card),
    modelHash: weights.sha256,
    referenceHash: reference.hash,
    executionProvider: session.provider,
    fallback: session.fallback,
    threads,
    batchSize: 1,
    directionBaseRates: { bullish, bearish, neutral },
    sampleStatus: (symbol, asOfMs) => sampleStatus(card, symbol, asOfMs),
    predict,
    predictBatch,
    readAhead: async (windows, signal) => {
      for (const { x } of windows) requireWindow(x, windowBars);
      if (options.cache) await readAhead(windows, signal);
    },
    extractFeatures: async (x) => (await predict(x)).embedding,
    alive: session.alive,
    close: session.close,
  };
}

function requireWindow(x: Float64Array, bars: number): void {
  if (x.length !== bars) throw new BrainnetError('WINDOW_NOT_READ', { reads: bars, bars: x.length });
  if (!x.every((value) => value >= -1 && value <= 1)) {
    throw new BrainnetError('MODEL_FAILED', { problem: 'a scaled value lies outside -1 to 1' });
  }
}

/** What the network answered for `x`, compared with the reference. */
function answerWith(reference: Reference) {
  const { project } = projectionOf(reference);
  return (x: Float64Array, answer: Answer, inferenceMs: number, cached: boolean): Prediction => {
    const { embedding } = answer;
    const logits = splitLogits(answer.logits);
    const novelty = noveltyOf(x, project(embedding), reference);
    return { reading: readingOf(logits), logits, embedding, novelty, inferenceMs, cached };
  };
}

function joined(xs: readonly Float64Array[], bars: number): Float64Array {
  const all = new Float64Array(xs.length * bars);
  xs.forEach((x, i) => {
    all.set(x, i * bars);
  });
  return all;
}

const part = (values: Float32Array, index: number, length: number) =>
  values.slice(index * length, (index + 1) * length);

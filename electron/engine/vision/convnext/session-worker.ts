import { parentPort, workerData } from 'node:worker_threads';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { toErrorData } from '../../../../shared/errors.ts';
import { IMAGE_SIZE, IMAGE_VALUES, image3 } from '../image.ts';
import { readWeights } from './card.ts';
import { candidates, fallbackSentence, listProviders, type Provider } from './providers.ts';
import { LOGITS } from './reading.ts';
import type { Request, Response, Start } from './session.ts';

const port = parentPort!;
const { modelFile, weights, device, threads, windowBars } = workerData as Start;

const send = (response: Response) => port.postMessage(response);

async function open(): Promise<void> {
  env.logLevel = 'fatal';
  const bytes = readWeights(modelFile, weights);
  const available = await listProviders();
  const { session, provider } = await firstThatStarts(bytes, candidates(device, available));
  letGo(bytes);
  port.on('message', (request: Request) => void answer(session, request));
  send({ kind: 'ready', provider, fallback: fallbackSentence(device, available, provider) });
}

/** The network has made its own of the file's bytes; this thread hardly ever collects garbage, and would keep them. */
function letGo({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

async function firstThatStarts(
  bytes: Buffer,
  [provider, ...others]: Provider[],
): Promise<{ session: InferenceSession; provider: Provider }> {
  try {
    const session = await InferenceSession.create(bytes, {
      executionProviders: [provider!],
      executionMode: 'sequential',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      enableMemPattern: provider !== 'dml',
      // Threads that wait spin for at most 1 ms: as fast as without a bound, at two thirds of the CPU time.
      extra: { session: { intra_op: { spin_duration_us: '1000' } } },
    });
    return { session, provider: provider! };
  } catch (error) {
    if (others.length === 0) throw error;
    return firstThatStarts(bytes, others);
  }
}

async function answer(session: InferenceSession, request: Request): Promise<void> {
  if (request.kind === 'close') {
    await session.release();
    port.close();
    return;
  }
  try {
    send({ kind: 'answer', ...(await run(session, request.windows)) });
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : 'unknown', data: null });
  }
}

/** Pictures of the last batch; one batch is under way at a time. */
let pixels = new Float32Array(0);

/** Scaled windows one after another -> logits (11 each) and embeddings. */
async function run(session: InferenceSession, windows: Float64Array) {
  const count = windows.length / windowBars;
  const values = count * IMAGE_VALUES;
  if (pixels.length < values) pixels = new Float32Array(values);
  for (let w = 0; w < count; w++) {
    const x = windows.subarray(w * windowBars, (w + 1) * windowBars);
    image3(x, pixels.subarray(w * IMAGE_VALUES, (w + 1) * IMAGE_VALUES));
  }
  const started = performance.now();
  const out = await session.run({
    image: new Tensor('float32', pixels.subarray(0, values), [count, 3, IMAGE_SIZE, IMAGE_SIZE]),
  });
  const ms = performance.now() - started;
  const heads = ['regime', 'direction', 'volatility'].map((name) => out[name]!.data as Float32Array);
  const logits = new Float32Array(count * LOGITS);
  for (let w = 0, at = 0; w < count; w++) {
    for (const head of heads) {
      const classes = head.length / count;
      logits.set(head.subarray(w * classes, (w + 1) * classes), at);
      at += classes;
    }
  }
  return { logits, embeddings: (out.features!.data as Float32Array).slice(), ms };
}

open().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : 'unknown';
  send({ kind: 'failed', message, data: toErrorData(error) });
  port.close();
});

import { fieldBuffers, fieldsInto } from '../../electron/engine/vision/index.ts';
import { machine, median, rounded } from './machine.ts';
import { type Peer, startPeer } from './peer.ts';

const WINDOWS = 1000;
const BARS = 64;
const CHUNK = 20;
const ROUNDS = 30;

/**
 * Both fields, float32, of 1,000 windows of 64 closes into the caller's buffers (one set from `fieldBuffers`, one of plain
 * arrays), beside pyts as called with all at once and in chunks of 20; rounds of each take turns, medians are compared.
 */
export async function gaf(): Promise<object> {
  const closes = randomWalks();
  const own = fieldBuffers(WINDOWS, BARS);
  const cells = WINDOWS * BARS * BARS;
  const plain: ReturnType<typeof fieldBuffers> = { gasf: new Float32Array(cells), gadf: new Float32Array(cells) };
  const ours = ({ gasf, gadf }: ReturnType<typeof fieldBuffers>) =>
    timed(() => fieldsInto(closes, WINDOWS, BARS, gasf, gadf));
  const peer = await startPeer('pyts_gaf.py', String(WINDOWS), String(BARS));
  for (let i = 0; i < 20; i++) for (const buffers of [own, plain]) ours(buffers);
  const times = { own: [] as number[], plain: [] as number[], atOnce: [] as number[], chunks: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.own.push(ours(own));
    times.plain.push(ours(plain));
    if (!peer) continue;
    times.atOnce.push(await pyts(peer, WINDOWS));
    times.chunks.push(await pyts(peer, CHUNK));
  }
  peer?.close();
  return report(times, peer !== null);
}

function report(times: Record<'own' | 'plain' | 'atOnce' | 'chunks', number[]>, withPeer: boolean): object {
  const [own, plain, atOnce, chunks] = [times.own, times.plain, times.atOnce, times.chunks].map(median) as number[];
  const perWindow = (ms: number | undefined) => rounded((1000 * ms!) / WINDOWS);
  const ratio = (theirs: number, mine: number) => (withPeer ? rounded(theirs / mine) : null);
  return {
    what: `both fields, float32, ${WINDOWS} windows of ${BARS}`,
    microsecondsPerWindow: perWindow(own),
    microsecondsPerWindowPlainBuffers: perWindow(plain),
    pytsMicrosecondsPerWindow: withPeer ? perWindow(atOnce) : null,
    pytsMicrosecondsPerWindowChunksOf20: withPeer ? perWindow(chunks) : null,
    timesFasterThanPyts: ratio(atOnce!, own!),
    timesFasterThanPytsChunksOf20: ratio(chunks!, own!),
    timesFasterThanPytsPlainBuffers: ratio(atOnce!, plain!),
    goal: { timesFasterThanPyts: 6, timesFasterThanPytsChunksOf20: 2 },
    peer: withPeer
      ? 'pyts, same run'
      : 'pyts was not found: pip install pyts==0.13.0, and name its python in PEER_PYTHON',
    method: `median of ${ROUNDS} interleaved rounds after warm-up`,
    machine: machine(),
  };
}

const pyts = async (peer: Peer, chunk: number) => (await peer.ask<{ ms: number }>({ chunk })).ms;

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function randomWalks(): Float64Array {
  const closes = new Float64Array(WINDOWS * BARS);
  for (let i = 0, price = 100; i < closes.length; i++) {
    price = i % BARS === 0 ? 100 : price + Math.random() - 0.5;
    closes[i] = price;
  }
  return closes;
}

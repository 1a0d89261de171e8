import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { packageRoot } from '../../electron/engine/platform/index.ts';
import { type Convnext, createConvnext, networkInput } from '../../electron/engine/vision/index.ts';
import { machine, median, rounded } from './machine.ts';
import { type Peer, startPeer } from './peer.ts';

const ROUNDS = 8;
/** Runs one after another in a turn. */
const RUNS = 5;
/** Between turns: the other side's threads spin on for a while after a run, and would take a core. */
const PAUSE_MS = 150;
const BATCHES = [1, 16] as const;

/**
 * The shipped network on the CPU, one window and 16 at a time, beside ONNX Runtime for Python on the same file with the
 * same threads, on one core and on all; the two take turns of a few runs. `milliseconds` is the median of the run alone, as the peer
 * measures it, `least` the fastest, which a busy machine disturbs least; `wholeCallMilliseconds` adds the picture and the way to the
 * network's thread and back.
 */
export async function convnext(): Promise<object> {
  const before = process.memoryUsage.rss();
  const { peer: _, ...oneCore } = await beside(1);
  const memoryMB = rounded((process.memoryUsage.rss() - before) / 2 ** 20);
  const { peer, ...all } = await beside();
  return {
    what: 'ConvNeXt-Tiny 224 px, CPU, float32',
    ...all,
    oneCore,
    memoryMB,
    goal: { ratioToPython: 1.05, oneCore: { batch1: 12, batch16EachWindow: 8 }, memoryMB: 250 },
    peer: peer
      ? 'onnxruntime for Python, same run'
      : 'onnxruntime for Python was not found: pip install onnxruntime==1.30.0 numpy, and name its python in PEER_PYTHON',
    method: `median of ${ROUNDS * RUNS} runs in interleaved turns of ${RUNS}, after warm-up; memoryMB is what the process has grown by with the network read on one core`,
    machine: machine(),
  };
}

/** @param threads default as many as the product takes */
async function beside(threads?: number) {
  const models = path.join(packageRoot(), 'models');
  const modelFile = path.join(models, 'convnext-tiny-gaf.onnx');
  const cardFile = path.join(models, 'model-card.json');
  const network = await createConvnext({ modelFile, cardFile, device: 'cpu', ...(threads && { threads }) });
  const peer = await startPeer('ort_convnext.py', modelFile, String(network.threads));
  const results: Record<string, object> = {};
  for (const batch of BATCHES) results[`batch${batch}`] = figures(await turns(network, peer, batch), batch);
  await network.close();
  peer?.close();
  return { ...results, threads: network.threads, modelHash: network.modelHash, peer: peer !== null };
}

async function turns(network: Convnext, peer: Peer | null, batch: number): Promise<Times> {
  const xs = Array.from({ length: batch }, (_, i) => networkInput(wave(i)));
  const times: Times = { run: [], call: [], peer: [] };
  for (let round = -1; round < ROUNDS; round++) {
    const theirs = peer ? (await peer.ask<{ ms: number[] }>({ batch, runs: RUNS })).ms : [];
    if (peer) await setTimeout(PAUSE_MS);
    const ours: Timing[] = [];
    for (let i = 0; i < RUNS; i++) ours.push(await read(network, xs));
    if (round < 0) continue;
    times.run.push(...ours.map(({ run }) => run));
    times.call.push(...ours.map(({ call }) => call));
    times.peer.push(...theirs);
  }
  return times;
}

/** Milliseconds of runs of a whole batch. */
interface Times {
  run: number[];
  call: number[];
  peer: number[];
}

interface Timing {
  run: number;
  call: number;
}

async function read(network: Convnext, xs: Float64Array[]): Promise<Timing> {
  const started = performance.now();
  const all = xs.length === 1 ? [await network.predict(xs[0]!)] : await network.predictBatch(xs);
  const call = performance.now() - started;
  return { call, run: all.reduce((sum, { inferenceMs }) => sum + inferenceMs, 0) };
}

function figures({ run, call, peer }: Times, batch: number): object {
  const ours = { milliseconds: rounded(median(run)), wholeCallMilliseconds: rounded(median(call)) };
  const least = { least: rounded(Math.min(...run)), leastEachWindow: rounded(Math.min(...run) / batch) };
  if (peer.length === 0) return { ...ours, ...least };
  return {
    ...ours,
    ...least,
    pythonMilliseconds: rounded(median(peer)),
    pythonLeast: rounded(Math.min(...peer)),
    ratioToPython: rounded(median(run) / median(peer)),
    wholeCallRatioToPython: rounded(median(call) / median(peer)),
  };
}

const wave = (seed: number) => Float64Array.from({ length: 64 }, (_, i) => 100 + Math.sin(i / (2 + seed)) + 0.01 * i);

import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { packageRoot } from '../../electron/engine/platform/index.ts';
import { type Convnext, createConvnext, networkInput } from '../../electron/engine/vision/index.ts';
import { machine, median, rounded } from './machine.ts';
import { startPeer } from './peer.ts';

const ROUNDS = 8;
/** Runs one after another in a turn. */
const RUNS = 5;
/** Between turns: the other side's threads spin on for a while after a run, and would take a core. */
const PAUSE_MS = 150;
const BATCHES = [1, 16] as const;

/**
 * The shipped network on the CPU, one window and 16 at a time, beside ONNX Runtime for Python on the same file with the
 * same threads; the two take turns of a few runs, medians are compared. `milliseconds` is the run alone, as the peer measures it;
 * `wholeCallMilliseconds` adds the picture and the way to the network's thread and back.
 */
export async function convnext(): Promise<object> {
  const models = path.join(packageRoot(), 'models');
  const modelFile = path.join(models, 'convnext-tiny-gaf.onnx');
  const network = await createConvnext({ modelFile, cardFile: path.join(models, 'model-card.json'), device: 'cpu' });
  const peer = await startPeer('ort_convnext.py', modelFile, String(network.threads));
  const xs = Array.from({ length: 16 }, (_, i) => networkInput(wave(i)));
  const results: Record<string, object> = {};
  for (const batch of BATCHES) {
    const times = { run: [] as number[], call: [] as number[], peer: [] as number[] };
    for (let round = -1; round < ROUNDS; round++) {
      const theirs = peer ? (await peer.ask<{ ms: number[] }>({ batch, runs: RUNS })).ms : [];
      if (peer) await setTimeout(PAUSE_MS);
      const ours: Timing[] = [];
      for (let i = 0; i < RUNS; i++) ours.push(await read(network, xs.slice(0, batch)));
      if (round < 0) continue;
      times.run.push(...ours.map(({ run }) => run));
      times.call.push(...ours.map(({ call }) => call));
      times.peer.push(...theirs);
    }
    results[`batch${batch}`] = figures(times, peer !== null);
  }
  const { threads, modelHash } = network;
  await network.close();
  peer?.close();
  return {
    what: 'ConvNeXt-Tiny 224 px, CPU, float32',
    ...results,
    goal: { ratioToPython: 1.05 },
    peer: peer
      ? 'onnxruntime for Python, same run'
      : 'onnxruntime for Python was not found: pip install onnxruntime==1.30.0 numpy, and name its python in PEER_PYTHON',
    method: `median of ${ROUNDS * RUNS} runs in interleaved turns of ${RUNS}, after warm-up`,
    threads,
    modelHash,
    machine: machine(),
  };
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

function figures({ run, call, peer }: { run: number[]; call: number[]; peer: number[] }, withPeer: boolean): object {
  return {
    milliseconds: rounded(median(run)),
    wholeCallMilliseconds: rounded(median(call)),
    pythonMilliseconds: withPeer ? rounded(median(peer)) : null,
    ratioToPython: withPeer ? rounded(median(run) / median(peer)) : null,
    wholeCallRatioToPython: withPeer ? rounded(median(call) / median(peer)) : null,
  };
}

const wave = (seed: number) => Float64Array.from({ length: 64 }, (_, i) => 100 + Math.sin(i / (2 + seed)) + 0.01 * i);

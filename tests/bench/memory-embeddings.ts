import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createMarket } from '../../electron/engine/market/index.ts';
import { packageRoot, sha256, writeFileAtomic } from '../../electron/engine/platform/index.ts';
import { createConvnext, networkInput, takeWindow } from '../../electron/engine/vision/index.ts';
import { seededRandom } from './random.ts';

export const LENGTH = 768;
/** Bars of a window. */
const BARS = 64;
/** Windows the network reads at once. */
const BATCH = 16;

/**
 * Features by the shipped network of windows of the bundled samples, spread over their history, and of simulated walks (a third of all), in a
 * fixed mixed order. Made once for each network and count, then kept in the system's folder for passing files.
 */
export async function realEmbeddings(count: number): Promise<Float32Array[]> {
  const models = path.join(packageRoot(), 'models');
  const [modelFile, cardFile] = [path.join(models, 'convnext-tiny-gaf.onnx'), path.join(models, 'model-card.json')];
  const hash = sha256(readFileSync(modelFile)).slice(0, 12);
  const kept = path.join(tmpdir(), `brainnet-bench-embeddings-${hash}-${count}.f32`);
  if (!existsSync(kept)) {
    const network = await createConvnext({ modelFile, cardFile, device: 'cpu' });
    const all = new Float32Array(count * LENGTH);
    const windows = await windowsOf(count);
    for (let from = 0; from < count; from += BATCH) {
      const read = await network.predictBatch(windows.slice(from, from + BATCH).map((close) => networkInput(close)));
      read.forEach(({ embedding }, i) => {
        all.set(embedding, (from + i) * LENGTH);
      });
    }
    await network.close();
    writeFileAtomic(kept, new Uint8Array(all.buffer));
  }
  const values = new Float32Array(new Uint8Array(readFileSync(kept)).buffer);
  return Array.from({ length: count }, (_, i) => values.subarray(i * LENGTH, (i + 1) * LENGTH));
}

async function windowsOf(count: number): Promise<Float64Array[]> {
  const random = seededRandom(7);
  const simulated = Array.from({ length: Math.floor(count / 3) }, () => walk(random));
  const real = await sampleWindows(count - simulated.length, random);
  const mixed = [...real, ...simulated].map((close) => ({ close, at: random() }));
  return mixed.sort((a, b) => a.at - b.at).map(({ close }) => close);
}

async function sampleWindows(count: number, random: () => number): Promise<Float64Array[]> {
  const importsDir = mkdtempSync(path.join(tmpdir(), 'brainnet-bench-'));
  const resourcesDir = path.join(packageRoot(), 'resources');
  const market = createMarket({ cache: null, importsDir, resourcesDir, clock: { now: Date.now } });
  const all = [];
  for (const { symbol, source, interval } of await market.instruments()) {
    all.push(await market.series({ symbol, source, interval }));
  }
  rmSync(importsDir, { recursive: true, force: true });
  const windows: Float64Array[] = [];
  while (windows.length < count) {
    const series = all[Math.floor(random() * all.length)]!;
    const endIndex = BARS - 1 + Math.floor(random() * (series.close.length - BARS));
    const window = takeWindow(series, { bars: BARS, endIndex });
    if (window) windows.push(window.close);
  }
  return windows;
}

/** A log-price walk with a drift, a pull to its start and a volatility of its own. */
function walk(random: () => number): Float64Array {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const [drift, pull] = [0.006 * (random() - 0.5), random() < 0.5 ? 0 : 0.3 * random()];
  let [log, volatility] = [0, 0.01];
  return Float64Array.from({ length: BARS }, () => {
    volatility = Math.min(0.05, Math.max(0.003, volatility * Math.exp(0.2 * normal())));
    log += drift - pull * log + volatility * normal();
    return 100 * Math.exp(log);
  });
}

/** One process for `bench analyze`, so that its peak memory is its own. Prints one JSON line. */
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createEngine, type Engine } from '../../electron/engine/index.ts';
import { packageRoot } from '../../electron/engine/platform/index.ts';
import { createConvnext, image3, networkInput } from '../../electron/engine/vision/index.ts';
import type { Decision } from '../../shared/domain/index.ts';
import { decide, seeded } from '../support/engine.ts';

const SYMBOLS = 50;
const BARS = 3000;
const BEFORE = '2011-12-30';

function syntheticCsv(seed: number): string {
  const random = seeded(seed);
  const rows = ['Date,Open,High,Low,Close,Adj Close,Volume'];
  let close = 50 + 100 * random();
  const day = new Date('2001-01-01T00:00:00Z');
  while (rows.length <= BARS) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() === 0 || day.getUTCDay() === 6) continue;
    const open = close;
    close *= Math.exp(0.03 * (random() + random() - 1));
    const high = Math.max(open, close) * (1 + 0.01 * random());
    const low = Math.min(open, close) * (1 - 0.01 * random());
    const prices = [open, high, low, close, close].map((price) => price.toFixed(4));
    rows.push([day.toISOString().slice(0, 10), ...prices, Math.round(1e6 * random())].join(','));
  }
  return rows.join('\n');
}

/** Between the calls whose cost is taken as that of the network: as long as an analysis leaves it alone, so that its waiting threads cost the same. */
const PAUSE_MS = 5;

/** CPU milliseconds of this process, all threads, that `work` took. */
async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function measured<T>(work: () => Promise<T>): Promise<[T, number]> {
  let result: T | undefined;
  const ms = await cpuMs(async () => {
    result = await work();
  });
  return [result!, ms];
}

/** Windows that the network read for decisions; what memory recalls it reads no picture of. */
const readingsOf = (decisions: readonly Decision[]): number =>
  decisions.flatMap(({ rounds }) => rounds.flatMap(({ added }) => added)).filter(({ kind }) => kind !== 'memory')
    .length;

const names = Array.from({ length: SYMBOLS }, (_, i) => `S${i}`);
const all = names.map((symbol) => ({ symbol, source: 'csv' as const }));

async function fill(engine: Engine): Promise<void> {
  for (const [i, symbol] of names.entries()) {
    await engine.client.market.importBars({ symbol, interval: '1d', fileName: 'made', content: syntheticCsv(i + 1) });
  }
  await decide(engine, { symbols: all, asOf: BEFORE });
}

async function inferenceCpuMs(): Promise<number> {
  const models = path.join(packageRoot(), 'models');
  const files = {
    modelFile: path.join(models, 'convnext-tiny-gaf.onnx'),
    cardFile: path.join(models, 'model-card.json'),
  };
  const network = await createConvnext({ ...files, device: 'auto' });
  const random = seeded(99);
  const windows = Array.from({ length: 100 }, () =>
    networkInput(Float64Array.from({ length: 64 }, () => 50 + random())),
  );
  for (const x of windows.slice(0, 10)) await network.predict(x);
  const whole = await cpuMs(async () => {
    for (const x of windows) {
      await network.predict(x);
      await setTimeout(PAUSE_MS);
    }
  });
  const drawing = await cpuMs(async () => {
    for (const x of windows) image3(x);
  });
  await network.close();
  return (whole - drawing) / windows.length;
}

/** `fill DIR` imports the bars and analyzes once, so that they are cached; `measure DIR` is what is measured. */
const [mode, dataDir] = process.argv.slice(2) as [string, string];
const engine = await createEngine({ dataDir, env: { ...process.env, BRAINNET_LOG: 'silent' } });
if (mode === 'fill') {
  await fill(engine);
  await engine.close();
  process.exit(0);
}
await engine.client.analysis.reading({ symbol: 'AAPL', source: 'samples' });
const [first, firstCpuMs] = await measured(async () => {
  await engine.warmUp();
  return decide(engine, { symbols: [{ symbol: 'AAPL', source: 'samples' }] });
});
const started = performance.now();
const threadBefore = process.threadCpuUsage();
const [decisions, runCpuMs] = await measured(() => decide(engine, { symbols: all }));
const wallMs = performance.now() - started;
const thread = process.threadCpuUsage(threadBefore);
await engine.close();
const peakMemoryMB = process.resourceUsage().maxRSS / 1024;
const perLook = await inferenceCpuMs();
const onceCpuMs = firstCpuMs - readingsOf(first) * perLook;
const otherCpuMs = runCpuMs - readingsOf(decisions) * perLook;
console.log(
  JSON.stringify({
    symbols: decisions.length,
    bars: BARS,
    readings: readingsOf(decisions),
    wallMs,
    cpuMs: runCpuMs,
    inferenceCpuMsPerReading: perLook,
    mainThreadCpuMsPerSymbol: (thread.user + thread.system) / 1000 / decisions.length,
    otherCpuMsPerSymbol: otherCpuMs / decisions.length,
    onceCpuMs,
    otherCpuMsPerSymbolWithOnce: (otherCpuMs + onceCpuMs) / decisions.length,
    peakMemoryMB,
  }),
);

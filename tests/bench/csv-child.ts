/** One process for `bench csv`, so that its memory is its own. `csv-child.ts FILE DIR` prints one JSON line. */
import { createReadStream } from 'node:fs';
import { createMarket } from '../../electron/engine/market/index.ts';
import { packageRoot } from '../../electron/engine/platform/index.ts';

const MIB = 1024 * 1024;
const [file, dir] = process.argv.slice(2) as [string, string];
const market = createMarket({
  cache: null,
  importsDir: dir,
  resourcesDir: `${packageRoot()}/resources`,
  clock: { now: () => Date.parse('2026-01-01T00:00:00Z') },
});

async function* nothing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('Date,Close\n2020-01-02,1\n2020-01-03,2\n');
}
await market.importCsv({ symbol: 'WARM', fileName: 'warm.csv', content: nothing() });

const before = process.memoryUsage().rss;
const cpu = process.cpuUsage();
const started = performance.now();
const report = await market.importCsv({ symbol: 'MILLION', fileName: 'million.csv', content: createReadStream(file) });
const wallMs = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
const memoryAboveStartMB = (process.resourceUsage().maxRSS * 1024 - before) / MIB;
console.log(
  JSON.stringify({
    bars: report.bars,
    understood: report.understood,
    wallMs,
    cpuMs: (user + system) / 1000,
    memoryAboveStartMB,
    longestTurnCpuMs: await longestTurn(),
  }),
);

/** The most CPU, ms, that the main thread took between two turns of the event loop in a second import; other programs do not count. */
async function longestTurn(): Promise<number> {
  let longest = 0;
  let running = true;
  let last = process.threadCpuUsage();
  const turn = () => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.threadCpuUsage();
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  await market.importCsv({ symbol: 'AGAIN', fileName: 'million.csv', content: createReadStream(file) });
  running = false;
  return longest;
}

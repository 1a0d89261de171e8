/** Analyzes the bundled watchlist in a folder of its own and prints a line a symbol: `node examples/basic-usage.ts`. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEngine } from '../electron/engine/index.ts';

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'brainnet-example-'));
const engine = await createEngine({ dataDir });
try {
  for await (const event of await engine.client.analysis.run({ watchlist: 'samples' })) {
    if (event.type === 'failure') console.log(`${event.symbol}: ${event.error.sentence}`);
    if (event.type === 'end') console.log(`${event.decided} decided, ${event.holds} of them holds`);
    if (event.type !== 'decision') continue;
    const { symbol, action, regime, confidence, lastBarDate } = event.decision;
    console.log(
      [symbol.padEnd(6), lastBarDate, action.padEnd(5), regime.padEnd(14), confidence.value.toFixed(2)].join('  '),
    );
  }
} finally {
  await engine.close();
  await rm(dataDir, { recursive: true });
}

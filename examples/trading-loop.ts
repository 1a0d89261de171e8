/** Two rounds of the trading loop over two samples, and feedback on a decision: `node examples/trading-loop.ts`. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEngine } from '../electron/engine/index.ts';

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'brainnet-example-'));
const engine = await createEngine({ dataDir });
try {
  const { loop, router } = engine.orchestrator;
  for await (const event of loop({ symbols: [{ symbol: 'AAPL' }, { symbol: 'MSFT' }], delayMs: 1000, iterations: 2 })) {
    if (event.type === 'nothing-new') console.log(`${event.iteration} ${event.symbol}: ${event.sentence}`);
    if (event.type === 'failure') console.log(`${event.iteration} ${event.symbol}: ${event.error.sentence}`);
    if (event.type !== 'decision') continue;
    const { id, action, confidence, rounds } = event.decision;
    console.log(
      `${event.iteration} ${event.symbol}: ${action}, C ${confidence.value.toFixed(2)} after ${rounds.length} rounds`,
    );
    const { changed, sentence } = await router.adapt({ decisionId: id, words: 'Earnings are due next week.' });
    console.log([...changed, sentence].join('\n'));
  }
} finally {
  await engine.close();
  await rm(dataDir, { recursive: true });
}

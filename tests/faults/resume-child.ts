/** A process to be killed: takes up what a run left behind, else begins it, and says each decision and the end. Argument: the data folder. */
import { createEngine } from '../../electron/engine/index.ts';

const [dataDir] = process.argv.slice(2);
const env = { BRAINNET_LOG: 'silent', CONFIDENCE_THRESHOLD: '1' };
const engine = await createEngine({ dataDir: dataDir!, env, resumeRuns: true });
const say = (word: string) => process.stdout.write(`${word}\n`);

const [open] = await engine.client.analysis.runs();
if (!open) await engine.client.analysis.start({ watchlist: 'samples' });
say('begun');
for (;;) {
  const [run] = await engine.client.analysis.runs();
  if (run!.status === 'done') break;
  await new Promise((resolve) => setTimeout(resolve, 20));
}
await engine.close();
say('ended');

import { expect, it } from 'vitest';
import { createModelFiles } from '../../../electron/engine/llm/index.ts';
import { createLog, systemClock } from '../../../electron/engine/platform/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { runToEnd, temporaryFolder, testEngine } from '../../support/engine.ts';
import { knowSinceWritten } from '../../support/memory.ts';
import { terseModelFile } from '../../support/tiny-model/index.ts';

const ABOUT =
  'earnings dividend merger lawsuit factory inflation currency strike patent recall drought tariff bonus outage audit'.split(
    ' ',
  );
/** Notes of May 1990, none like another. */
const NOTES = ABOUT.map((word, i) => ({
  ...{
    kind: 'note',
    symbol: 'AAPL',
    title: word,
    text: `${word} and ${ABOUT[(i + 7) % ABOUT.length]} told on ${word}`,
  },
  knownAt: new Date(Date.UTC(1990, 4, i + 1)).toISOString(),
}));
const env = { BRAINNET_LOG: 'silent', MAX_REFINEMENTS: '1', BLIND_MODE: 'off' };

async function readWith(tokens: number): Promise<Decision[]> {
  const dataDir = temporaryFolder('cut');
  const files = createModelFiles({ dataDir, resourceDirs: [], env, clock: systemClock, log: createLog(env) });
  await files.use(terseModelFile());
  await files.close();
  const engine = await testEngine({ dataDir, env: { ...env, AGENT_MAX_TOKENS: String(tokens) } });
  await engine.client.memory.import({ content: NOTES.map((note) => JSON.stringify(note)).join('\n') });
  knowSinceWritten(dataDir);
  const events = await runToEnd(engine, { symbols: [{ symbol: 'AAPL' }], language: 'wait' });
  await engine.close();
  expect(events.flatMap((event) => (event.type === 'language' ? [event.sentence] : []))).toEqual([]);
  return events.flatMap((event) => (event.type === 'decision' && event.decision.language ? [event.decision] : []));
}

it('memories that do not fit are left out of what the model reads, and the decision says how many and why', async () => {
  const [whole] = await readWith(31_000);
  expect(whole!.language).toMatchObject({ cut: null });
  expect(whole!.language!.leftOut).toBeUndefined();
  const [joined] = await readWith(4000);
  const { cut, leftOut, promptTokens } = joined!.language!;
  const found =
    /^(?:In the reading of round 1: )?The (?:(\d+) )?oldest of 15 memories (?:was|were) left out: the request had (\d+) tokens, and the language model can read (\d+)\.(.*)$/.exec(
      cut!,
    )!;
  const [told = 1, had, room] = found.slice(1, 4).map((digits) => (digits === undefined ? undefined : Number(digits)));
  expect(leftOut).toBe(told);
  // The question of doubt has the memories that were left; it is cut too where the answer of random weights before it was long.
  // Of 4000 tokens one is left to its answer, a single word, and one to begin it.
  expect(found[4]).toMatch(
    new RegExp(
      `^$|^ In the question of doubt of round 1: The (\\d+ )?oldest of ${15 - told} memories (was|were) left out: the request had \\d+ tokens, and the language model can read 3998\\.$`,
    ),
  );
  expect(leftOut).toBeGreaterThan(1);
  // An answer that random weights did not end is asked for once more, and both readings of the prompt are counted.
  expect([had, 2 * had!]).toContain(whole!.language!.promptTokens);
  // Of 4000 tokens 700 are left to the answer, and one to begin it.
  expect(room).toBe(3299);
  expect(promptTokens).toBeLessThan(whole!.language!.promptTokens);
}, 180_000);

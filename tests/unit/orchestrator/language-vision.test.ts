import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { createModelFiles } from '../../../electron/engine/llm/index.ts';
import { createLog, systemClock } from '../../../electron/engine/platform/index.ts';
import { imagePng, scaleWindow } from '../../../electron/engine/vision/index.ts';
import { Decision } from '../../../shared/domain/index.ts';
import { runToEnd, temporaryFolder, testEngine } from '../../support/engine.ts';
import { type FakeLlmServer, type LlmFaults, type LlmRequest, startFakeLlm } from '../../support/fake-llm-server.ts';
import { terseModelFile } from '../../support/tiny-model/index.ts';

const ANSWER = JSON.stringify({
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action: 'long' },
  ...{ thesis: 'The closes rise.', evidenceFor: ['They rise.'], evidenceAgainst: ['They stand high.'] },
  invalidationPercent: -5,
});
const NO_EYES = 'Model does not support images. Please use a model that does.';
const BLIND = 'The language model phi-3.5-mini-instruct cannot read pictures; it is given text instead.';

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());

const env = { BRAINNET_LOG: 'silent', LLM_BACKEND: 'local', MAX_REFINEMENTS: '0' };
const isShown = ({ body }: LlmRequest) => JSON.stringify(body.messages).includes('image_url');
/** One request, of research or of doubt, that a test looks at. */
const isResearch = ({ body }: LlmRequest) => body.response_format !== undefined;

/** What both judges decide on each symbol, with what the server was asked. */
async function judged(faults: LlmFaults, symbols: string[], more: NodeJS.ProcessEnv = { USE_VISION: 'true' }) {
  await server.set({ answers: [ANSWER], ...faults });
  const engine = await testEngine({ env: { ...env, OLLAMA_BASE_URL: server.address, ...more } });
  const decisions = await bothOf(engine, symbols);
  const windows = await Promise.all(symbols.map((symbol) => engine.client.analysis.field({ symbol })));
  const asked = (await server.asked()).slice(1);
  const replayed = await Promise.all(decisions.map(({ id }) => engine.client.replay.decision({ id })));
  await engine.close();
  return { decisions, windows, asked, same: replayed.map(({ identical }) => identical) };
}

async function bothOf(engine: Engine, symbols: string[]): Promise<Decision[]> {
  const events = await runToEnd(engine, { symbols: symbols.map((symbol) => ({ symbol })), language: 'wait' });
  return events.flatMap((event) => (event.type === 'decision' && event.decision.opinions ? [event.decision] : []));
}

describe('with USE_VISION', () => {
  it('a model that sees is shown the picture of the window in reading and doubt, which the decision says', async () => {
    const { decisions, windows, asked } = await judged({}, ['AAPL']);
    const { language, provenance } = decisions[0]!;
    expect(Decision.parse(decisions[0])).toEqual(decisions[0]);
    expect(language!.picture).toEqual({ shown: true, sentence: 'It was shown the picture of the window too.' });
    expect(Object.keys(provenance.promptHashes).sort()).toEqual(['picture', 'research', 'support']);
    expect(asked).toHaveLength(4);
    expect(asked.every(isShown)).toBe(true);
    const png = Buffer.from(imagePng(scaleWindow(Float64Array.from(windows[0]!.close)))).toString('base64');
    expect(asked[0]!.body.messages!.at(-1)!.content).toMatchObject([
      { type: 'text', text: expect.stringContaining('The picture is attached.') },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
    ]);
  });

  it('a model that says that it cannot see is given text in the same run, and not shown another', async () => {
    const { decisions, asked } = await judged({ status: 400, message: NO_EYES, ifPicture: true }, ['AAPL', 'MSFT']);
    expect(decisions.map(({ language }) => language!.picture)).toEqual(
      Array(2).fill({ shown: false, sentence: BLIND }),
    );
    expect(decisions.map(({ language }) => language!.thesis)).toEqual(Array(2).fill('The closes rise.'));
    expect(Object.keys(decisions[0]!.provenance.promptHashes).sort()).toEqual(['research', 'support']);
    expect(asked.filter(isShown)).toHaveLength(1);
    expect(asked.filter(isResearch)).toHaveLength(3);
  });

  it('a model that refuses the picture in the question of doubt alone is asked that in words, and all symbols are judged', async () => {
    const faults = { status: 400, message: NO_EYES, ifPicture: true, ifWords: '"logprobs":true' };
    const { decisions, asked, same } = await judged(faults, ['AAPL', 'MSFT']);
    expect(decisions.map(({ symbol, language }) => [symbol, language!.picture])).toEqual([
      [
        'AAPL',
        {
          shown: true,
          sentence: `It was shown the picture of the window for its reading, but not when it was asked how far it doubts that. ${BLIND}`,
        },
      ],
      ['MSFT', { shown: false, sentence: BLIND }],
    ]);
    expect(asked.filter(isShown).map(isResearch)).toEqual([true, false]);
    const inWords = asked.filter((request) => !isResearch(request) && !isShown(request));
    expect(inWords).toHaveLength(6);
    expect(JSON.stringify(inWords)).not.toContain('picture');
    for (const { confidence } of decisions)
      expect(confidence).toMatchObject({ method: 'token-probabilities', asks: 3 });
    expect(same).toEqual([true, true]);
  });

  it('another refusal is told as it is, and the numeric decision stands', async () => {
    await server.set({ answers: [ANSWER], status: 400, message: 'invalid image input', ifPicture: true });
    const engine = await testEngine({ env: { ...env, OLLAMA_BASE_URL: server.address, USE_VISION: '1' } });
    const events = await runToEnd(engine, { symbols: [{ symbol: 'AAPL' }], language: 'wait' });
    await engine.close();
    expect(events.filter(({ type }) => type === 'decision')).toHaveLength(1);
    const told = events.flatMap((event) => (event.type === 'language' ? [event.sentence] : []));
    expect(told).toEqual([expect.stringContaining('answered 400: invalid image input')]);
  });

  it('the embedded model, which has no eyes, reads text and says so', async () => {
    const dataDir = temporaryFolder('vision');
    const quiet = { BRAINNET_LOG: 'silent' };
    const files = createModelFiles({
      dataDir,
      resourceDirs: [],
      env: quiet,
      clock: systemClock,
      log: createLog(quiet),
    });
    await files.use(terseModelFile());
    await files.close();
    const engine = await testEngine({ dataDir, env: { ...quiet, USE_VISION: 'yes', MAX_REFINEMENTS: '0' } });
    const [decision] = await bothOf(engine, ['AAPL']);
    await engine.close();
    expect(decision!.language!.picture).toEqual({
      shown: false,
      sentence: expect.stringMatching(
        /^The language model Phi 3 tiny random.* cannot read pictures; it is given text instead\.$/,
      ),
    });
  }, 60_000);
});

it('without USE_VISION nobody is shown a picture, and nothing is said of one', async () => {
  const { decisions, asked } = await judged({}, ['AAPL'], {});
  expect(decisions[0]!.language!.picture).toBeUndefined();
  expect(asked.filter(isShown)).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type EvidencePack,
  ReasoningAgent,
  ResearchAgent,
  ResearchAnswer,
} from '../../../electron/engine/agents/index.ts';
import type { EmbeddedLlm } from '../../../electron/engine/llm/embedded/index.ts';
import { MODELS, openModel } from '../llm/embedded/models.ts';
import { INJECTIONS } from './injections.ts';

/** `npm test` takes all through the model, five memories a question; LLM_ANSWERS=1000 each alone. That no text leaves its slot is tested of each in language.test.ts. */
const TOGETHER = Number(process.env.LLM_ANSWERS ?? 100) >= 1000 ? 1 : 5;
const MEMORIES = Array.from({ length: INJECTIONS.length / TOGETHER }, (_, i) =>
  INJECTIONS.slice(i * TOGETHER, (i + 1) * TOGETHER),
);

const pack = (memory: string[]): EvidencePack => ({
  closes: Array.from({ length: 16 }, (_, i) => Math.round(-100 + (200 * i) / 15)),
  features: { trend_score: 0.91, cycle_strength: 0.12, burst_share: 0.2 },
  scores: { trend: 9, cycle: 0, burst: 1 },
  looks: { window: { regime: [93, 2, 3, 2], direction: [36, 27, 37], volatility: [12, 61, 22, 5] } },
  memory: memory.map((text, time) => ({ text, time })),
});

describe.each(MODELS)('$name', ({ file, missing }) => {
  let llm: EmbeddedLlm;
  const tiny = file === MODELS[0]!.file;
  beforeAll(async () => {
    if (!missing) llm = await openModel(file());
  });
  afterAll(() => llm?.close());

  test.skipIf(missing)(
    'research answers in its form whatever the memories say, and quotes no number that is not there',
    async () => {
      const agent = new ResearchAgent(llm);
      expect(MEMORIES.flat()).toEqual(INJECTIONS);
      for (const texts of tiny ? MEMORIES : MEMORIES.slice(0, 2)) {
        const research = await agent.research(pack(texts), 16, 100, { temperature: 1, seed: 3, maxTokens: 900 });
        expect(ResearchAnswer.safeParse(JSON.parse(research.raw)).success).toBe(true);
        expect(research.leftOut).toBe(0);
        expect(research.promptHash).toBe(agent.prompt.hash);
        expect(research.invalidationPrice).toBeGreaterThanOrEqual(70);
        expect(research.invalidationPrice).toBeLessThanOrEqual(130);
        const invented = /\d{3,}/.exec(
          [research.thesis, ...research.evidenceFor, ...research.evidenceAgainst].join(' '),
        );
        expect(invented).toBeNull();
      }
    },
    600_000,
  );

  test.skipIf(missing)('doubt comes from the shares of True and False over three orders', async () => {
    const claim = { reading: 'trending, long', evidence: ['TREND is 9 of 10.', 'CYCLE is 0.', 'BURST is 1.'] };
    const { confidence, raw } = await new ReasoningAgent(llm).computeConfidence(claim);
    expect(raw).toHaveLength(3);
    for (const [yes, no] of raw as [number, number][]) {
      expect(yes).toBeGreaterThan(0);
      expect(yes + no).toBeLessThanOrEqual(1 + 1e-6);
    }
    const sure = raw.every(([yes = 0, no = 0]) => yes + no >= 0.5);
    expect(confidence === null).toBe(!sure);
    if (tiny) expect(confidence).toBeNull();
  });

  test.skipIf(missing)(
    'the second symbol evaluates at most a quarter of what the first did',
    async () => {
      const agent = new ResearchAgent(llm);
      const options = { temperature: 0, maxTokens: 900, seed: 1 };
      const first = await agent.research(pack([]), 16, 100, options);
      const other = pack([]);
      const second = await agent.research({ ...other, closes: other.closes.toReversed() }, 16, 50, options);
      expect(second.usage.evaluatedTokens).toBeLessThanOrEqual(0.25 * first.usage.promptTokens);
    },
    300_000,
  );
});

import { z } from 'zod';
import { ACTIONS, REGIMES, type Scores } from '../../../../shared/domain/index.ts';
import type { Message, Timing, Usage } from '../../llm/index.ts';
import { type AskOptions, BaseAgent, parsedOf } from './base-agent.ts';
import type { EvidencePack } from './evidence-pack.ts';
import { fillPrompt, type PromptFile, plainJson, readPrompt } from './prompt-file.ts';
import { checkNumbers, numbersIn } from './quoted-numbers.ts';

const Score = z.int().min(0).max(10);
const Sentence = z.string().max(240);

/** The form of the model's answer. */
export const ResearchAnswer = z.object({
  trend: Score,
  cycle: Score,
  burst: Score,
  regime: z.enum(REGIMES),
  action: z.enum(ACTIONS),
  thesis: z.string().max(600),
  evidenceFor: z.array(Sentence).max(3),
  evidenceAgainst: z.array(Sentence).max(3),
  invalidationPercent: z.int().min(-30).max(30),
});
export type ResearchAnswer = z.infer<typeof ResearchAnswer>;

/** What a language model makes of a setup; texts with invented numbers struck out. */
export interface Research extends Omit<ResearchAnswer, 'invalidationPercent'> {
  /** Price at which the thesis is wrong, in prices of the as-of day. */
  invalidationPrice: number;
  /** Numbers that the model quoted and the data does not hold. */
  struck: number;
  /** Scores of the model that lie more than 4 from those by formula. */
  disagreements: (keyof Scores)[];
  /** The answer as it came. */
  raw: string;
  promptHash: string;
  usage: Usage;
  timing: Timing;
  cut: string | null;
}

/** More than this between a score of the model and that by formula is shown (DEFINITIONS 3). */
const DISAGREEMENT = 4;

/** Reads a setup in words: scores, regime, action, thesis, evidence for and against, and the price at which it is wrong. */
export class ResearchAgent extends BaseAgent {
  readonly prompt: PromptFile = readPrompt('research');

  /** @param lastClose price that the invalidation is a percentage of; @throws LLM_ANSWER_BAD, and what the model throws */
  async research(
    pack: EvidencePack,
    horizonBars: number,
    lastClose: number,
    options: AskOptions = {},
  ): Promise<Research> {
    const answer = await this.askMessages(this.question(pack, horizonBars), ResearchAnswer, options);
    const { invalidationPercent, thesis, evidenceFor, evidenceAgainst, ...rest } = parsedOf(answer);
    const shares = numbersIn([pack.closes, pack.looks]).map((hundredths) => hundredths / 100);
    const known = [...numbersIn(pack), ...shares, horizonBars, invalidationPercent];
    let struck = 0;
    const check = (text: string) => {
      const checked = checkNumbers(text, known);
      struck += checked.struck;
      return checked.text;
    };
    const texts = {
      thesis: check(thesis),
      evidenceFor: evidenceFor.map(check),
      evidenceAgainst: evidenceAgainst.map(check),
    };
    return {
      ...rest,
      ...texts,
      invalidationPrice: lastClose * (1 + invalidationPercent / 100),
      struck,
      disagreements: (['trend', 'cycle', 'burst'] as const).filter(
        (name) => Math.abs(rest[name] - pack.scores[name]) > DISAGREEMENT,
      ),
      raw: answer.text,
      promptHash: this.prompt.hash,
      usage: answer.usage,
      timing: answer.timing,
      cut: answer.cut,
    };
  }

  /** What was asked and answered, to ask on from there; the answer with the marks of a model escaped. */
  conversation(pack: EvidencePack, horizonBars: number, { raw }: Pick<Research, 'raw'>): Message[] {
    return [...this.question(pack, horizonBars), { role: 'assistant', content: plainJson(raw) }];
  }

  private question(pack: EvidencePack, horizonBars: number): Message[] {
    return fillPrompt(this.prompt, { data: pack, horizon: horizonBars });
  }
}

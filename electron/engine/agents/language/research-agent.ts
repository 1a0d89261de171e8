import { z } from 'zod';
import { ACTIONS, REGIMES, type Scores } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Answer, Message, Timing, Usage } from '../../llm/index.ts';
import { plainJson } from '../../platform/index.ts';
import { type AskOptions, BaseAgent, parsedOf, seenOrRead } from './base-agent.ts';
import type { EvidencePack } from './evidence-pack.ts';
import { fillPrompt, type PromptFile, type Remembered, readPrompt } from './prompt-file.ts';
import { type Beside, checkNumbers, numbersIn } from './quoted-numbers.ts';

const Score = z.int().min(0).max(10);
/** Evidence is read three times more, in as many orders. */
const Evidence = z.array(z.string().max(200)).max(2);

/** The form of the model's answer. */
export const ResearchAnswer = z.object({
  trend: Score,
  cycle: Score,
  burst: Score,
  regime: z.enum(REGIMES),
  action: z.enum(ACTIONS),
  thesis: z.string().max(600),
  evidenceFor: Evidence,
  evidenceAgainst: Evidence,
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
  /** How many memories were left out, the oldest first. */
  leftOut: number;
  /** Where a picture was to be shown: whether it was, in one sentence. */
  picture?: PictureUse;
}

export interface PictureUse {
  shown: boolean;
  sentence: string;
}

export interface ResearchOptions extends AskOptions {
  /** The window's fields as a PNG, where the user wants the model to see them. */
  picture?: Uint8Array | undefined;
  /** Length of the window, which the model may name. */
  windowBars?: number;
}

/** More than this between a score of the model and that by formula is shown (DEFINITIONS 3). */
const DISAGREEMENT = 4;

/** Reads a setup in words: scores, regime, action, thesis, evidence for and against, and the price at which it is wrong. */
export class ResearchAgent extends BaseAgent {
  readonly prompt: PromptFile = readPrompt('research');
  /** What is added where a picture is shown. */
  readonly picturePrompt: PromptFile = readPrompt('picture');

  /**
   * A picture is shown to a model that sees; one that does not reads the text alone, and the research says so.
   * @param lastClose price that the invalidation is a percentage of; @throws LLM_ANSWER_BAD, and what the model throws
   */
  async research(
    pack: EvidencePack,
    horizonBars: number,
    lastClose: number,
    { picture: png, windowBars, ...options }: ResearchOptions = {},
  ): Promise<Research> {
    const { answer, picture } = await this.answer(pack, horizonBars, png, options);
    const { invalidationPercent, ...reading } = parsedOf(answer);
    const { leftOut } = answer;
    const known = [...numbersOf(pack, leftOut), horizonBars, invalidationPercent];
    return {
      ...withKnownNumbers(reading, known, countsOf(pack, windowBars)),
      invalidationPrice: lastClose * (1 + invalidationPercent / 100),
      disagreements: (['trend', 'cycle', 'burst'] as const).filter(
        (name) => Math.abs(reading[name] - pack.scores[name]) > DISAGREEMENT,
      ),
      raw: answer.text,
      promptHash: this.prompt.hash,
      usage: answer.usage,
      timing: answer.timing,
      cut: answer.cut,
      leftOut,
      ...(picture && { picture }),
    };
  }

  private async answer(
    pack: EvidencePack,
    horizonBars: number,
    png: Uint8Array | undefined,
    options: AskOptions,
  ): Promise<{ answer: Answer<ResearchAnswer>; picture?: PictureUse }> {
    const inWords = () => this.askMessages(this.question(pack, horizonBars), ResearchAnswer, options);
    if (!png) return { answer: await inWords() };
    const seen = async () => {
      if (!this.llm.info.vision) throw new BrainnetError('LLM_NO_VISION', { model: this.llm.info.name });
      const messages = this.withPicture(this.question(pack, horizonBars));
      return this.askMessages(messages, ResearchAnswer, options, png);
    };
    const { answer, blind } = await seenOrRead(seen, inWords);
    return { answer, picture: { shown: blind === undefined, sentence: blind ?? SHOWN } };
  }

  /** What was asked and answered, to ask on from there, with the picture that was shown; the answer with the marks of a model escaped. */
  conversation(
    pack: EvidencePack,
    horizonBars: number,
    { raw, leftOut, picture }: Pick<Research, 'raw' | 'leftOut' | 'picture'>,
    png?: Uint8Array,
  ): Message[] {
    const asked = this.question({ ...pack, memory: kept(pack, leftOut) }, horizonBars);
    const shown = png && picture?.shown ? this.withPicture(asked, png) : asked;
    return [...shown, { role: 'assistant', content: plainJson(raw) }];
  }

  private question({ memory, ...data }: EvidencePack, horizonBars: number): Message[] {
    return fillPrompt(this.prompt, { data, horizon: horizonBars }, memory);
  }

  /** The same with the words that go with a picture. */
  private withPicture([system, ...asked]: Message[], picture?: Uint8Array): Message[] {
    const { system: legend, user } = this.picturePrompt;
    const last: Message = { ...asked.at(-1)!, ...(picture && { picture }) };
    return [
      { ...system!, content: `${system!.content}\n\n${legend}` },
      ...asked.slice(0, -1),
      { ...last, content: `${last.content}\n${user}` },
    ];
  }
}

const SHOWN = 'It was shown the picture of the window too.';

/** The memories that were not left out. */
function kept({ memory = [] }: EvidencePack, leftOut: number): Remembered[] {
  const gone = new Set(memory.toSorted((a, b) => a.time - b.time).slice(0, leftOut));
  return memory.filter((each) => !gone.has(each));
}

/** What the prompt says of every window: its low, middle and high, and the trend scores from which it is followed. */
const SCALE = [-100, 0, 100];
const TREND_LIMITS = [0.3, -0.3];
/** From low to high. */
const FULL_RANGE = 200;

/** Every number that the model was told of a window. */
function numbersOf(pack: EvidencePack, leftOut: number): number[] {
  const { memory: _, ...data } = pack;
  const shares = numbersIn([pack.closes, pack.looks]).map((hundredths) => hundredths / 100);
  return [...numbersIn([data, kept(pack, leftOut).map(({ text }) => text)]), ...shares, ...SCALE];
}

/** What the model can count of a window: its closes, some or all, and its bars. */
const countsOf = ({ closes }: EvidencePack, windowBars?: number) => [
  ...closes.map((_, i) => i + 1),
  ...(windowBars === undefined ? [] : [windowBars]),
];

type Texts = Pick<ResearchAnswer, 'thesis' | 'evidenceFor' | 'evidenceAgainst' | keyof Scores>;

/** A reading with the numbers struck out of its texts that are not known, counted. */
function withKnownNumbers<T extends Texts>(
  reading: T,
  known: readonly number[],
  counts: readonly number[],
): T & { struck: number } {
  let struck = 0;
  const scores = [reading.trend, reading.cycle, reading.burst, ...TREND_LIMITS];
  const beside: Beside = { scores, counts, points: [FULL_RANGE] };
  const check = (text: string) => {
    const checked = checkNumbers(text, known, beside);
    struck += checked.struck;
    return checked.text;
  };
  const { thesis, evidenceFor, evidenceAgainst } = reading;
  const texts = {
    thesis: check(thesis),
    evidenceFor: evidenceFor.map(check),
    evidenceAgainst: evidenceAgainst.map(check),
  };
  return { ...reading, ...texts, struck };
}

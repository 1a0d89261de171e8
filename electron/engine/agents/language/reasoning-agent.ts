import { z } from 'zod';
import type { Action, HoldReason, SignalConfidence } from '../../../../shared/domain/index.ts';
import { channelCapacity, confidenceGate } from '../../decision/index.ts';
import type { Message } from '../../llm/index.ts';
import { type AskOptions, BaseAgent, parsedOf, seenOrRead } from './base-agent.ts';
import { fillPrompt, type PromptFile, readPrompt } from './prompt-file.ts';
import type { Research } from './research-agent.ts';

/** The reading that is put to the test, and what speaks for and against it. */
export interface Claim {
  reading: string;
  evidence: readonly string[];
  /** Where the reading was made: the question follows it, so that what was read there is not evaluated again. */
  conversation?: readonly Message[];
  /** The same without its picture, for a model that turns out not to see; left out where it has none. */
  inWords?: readonly Message[];
}

/** Null confidence = the model abstained: too little of its next word was True or False. */
export interface Doubt {
  confidence: SignalConfidence | null;
  /** P(True) and P(False) of each ask, in order; of a stated figure the figure alone. */
  raw: number[][];
  promptHash: string;
  /** What had to be left out of the question to fit; null = nothing. */
  cut: string | null;
  /** Why it was asked without the picture of its conversation, in one sentence; left out where it was not. */
  blind?: string;
}

const ASKS = 3;
/** Below this share of the next word on True and False together an ask says nothing. */
const LEAST_MASS = 0.5;

/** Asks a model how far it doubts a reading (DEFINITIONS 5), and makes a decision of it. */
export class ReasoningAgent extends BaseAgent {
  readonly prompt: PromptFile = readPrompt('support');
  readonly statedPrompt: PromptFile = readPrompt('stated');

  /**
   * eps = P(False) / (P(True) + P(False)) of the next word, over at least three orders of the evidence; C at the mean eps, its interval at
   * mean eps +- 1.96 standard errors. A model without token probabilities states a figure, marked as stated. One that refuses the picture
   * is asked all of it in words.
   */
  async computeConfidence({ inWords, ...claim }: Claim, options: AskOptions = {}): Promise<Doubt> {
    const ask = (about: Claim) =>
      this.llm.info.tokenProbabilities ? this.measured(about, options) : this.stated(about, options);
    if (!inWords) return ask(claim);
    const { answer, blind } = await seenOrRead(
      () => ask(claim),
      () => ask({ ...claim, conversation: inWords }),
    );
    return { ...answer, ...(blind !== undefined && { blind }) };
  }

  private async measured(claim: Claim, options: AskOptions): Promise<Doubt> {
    const raw: number[][] = [];
    let [cut, most]: [string | null, number] = [null, 0];
    for (const order of orders(claim.evidence, ASKS)) {
      const messages = asked(this.prompt, { ...claim, evidence: order });
      const answer = await this.llm.probabilities(messages, ['True', 'False'], signalOf(options));
      raw.push([answer.probabilities.True ?? 0, answer.probabilities.False ?? 0]);
      if (answer.leftOut > most) [cut, most] = [answer.cut, answer.leftOut];
    }
    return { confidence: confidenceOf(raw), raw, promptHash: this.prompt.hash, cut };
  }

  private async stated(claim: Claim, options: AskOptions): Promise<Doubt> {
    const schema = z.object({ percent: z.int().min(0).max(100) });
    const messages = asked(this.statedPrompt, claim);
    const answer = await this.askMessages(messages, schema, { ...options, maxTokens: 20 });
    const { percent } = parsedOf(answer);
    const eps = Math.min(0.5, 1 - percent / 100);
    const confidence = { value: channelCapacity(eps), eps, interval: null, method: 'stated' as const, asks: 1 };
    return { confidence, raw: [[percent]], promptHash: this.statedPrompt.hash, cut: answer.cut };
  }

  /** The model's own decision: its action, or a hold where it abstained or C is below the threshold. */
  decide(
    { action }: Pick<Research, 'action'>,
    { confidence }: Doubt,
    threshold: number,
  ): { action: Action; reasons: HoldReason[] } {
    if (!confidence) return { action: 'hold', reasons: [ABSTAINED] };
    const gate = confidenceGate(confidence.value, threshold);
    return gate ? { action: 'hold', reasons: [gate] } : { action, reasons: [] };
  }
}

const ABSTAINED: HoldReason = {
  code: 'judge_abstained',
  sentence: 'The language model said neither True nor False clearly enough, so it abstains.',
};

/** The question about a claim, after the conversation that it came from, or with instructions of its own. */
function asked(prompt: PromptFile, { reading, evidence, conversation }: Claim): Message[] {
  const messages = fillPrompt(prompt, { data: { reading, evidence } });
  return conversation ? [...conversation, ...messages.filter(({ role }) => role === 'user')] : messages;
}

const signalOf = ({ signal }: AskOptions) => (signal ? { signal } : {});

/** Null where an ask says nothing. */
export function confidenceOf(asks: readonly (readonly number[])[]): SignalConfidence | null {
  if (asks.some(([yes = 0, no = 0]) => yes + no < LEAST_MASS)) return null;
  const doubts = asks.map(([yes = 0, no = 0]) => no / (yes + no));
  const n = doubts.length;
  const eps = doubts.reduce((sum, doubt) => sum + doubt, 0) / n;
  const variance = n < 2 ? 0 : doubts.reduce((sum, doubt) => sum + (doubt - eps) ** 2, 0) / (n - 1);
  const margin = 1.96 * Math.sqrt(variance / n);
  const clipped = Math.min(0.5, eps);
  return {
    value: channelCapacity(clipped),
    eps: clipped,
    interval: n < 2 ? null : [channelCapacity(eps + margin), channelCapacity(eps - margin)],
    method: 'token-probabilities',
    asks: n,
  };
}

/** `count` orders of the same evidence: as it is, backwards, and rotated. Fewer than three pieces are repeated in the orders there are. */
export function orders<T>(evidence: readonly T[], count: number): T[][] {
  return Array.from({ length: count }, (_, k) => {
    if (k === 1) return evidence.toReversed();
    const turn = evidence.length === 0 ? 0 : Math.floor((k * evidence.length) / count);
    return [...evidence.slice(turn), ...evidence.slice(0, turn)];
  });
}

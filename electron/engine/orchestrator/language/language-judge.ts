import type { LanguageExchange, Regime, Round, SignalConfidence } from '../../../../shared/domain/index.ts';
import {
  type Doubt,
  judgeNumerically,
  packEvidence,
  ReasoningAgent,
  type Remembered,
  type Research,
  ResearchAgent,
} from '../../agents/index.ts';
import { topRegime } from '../../decision/index.ts';
import type { Llm } from '../../llm/index.ts';
import { imagePng, scaleWindow } from '../../vision/index.ts';
import { exchangeDate } from '../compose.ts';
import type { Case, JudgedRound } from '../judge-rounds.ts';
import type { ReadLook } from '../looks.ts';
import { recordingLlm } from './exchanges.ts';

/** A language model as a judge, and how it is asked. */
export interface LanguageJudge {
  llm: Llm;
  research: ResearchAgent;
  reasoning: ReasoningAgent;
  /** Symbol, dates and price level are hidden. */
  blind: boolean;
  temperature: number;
  /** Most tokens of an answer. */
  maxTokens: number;
  /** The picture of the window is shown to a model that sees. */
  vision: boolean;
  /** What it was asked and answered so far; a judge is for one analysis. */
  exchanges: readonly LanguageExchange[];
}

/** What the model said in one round. */
export interface LanguageRound {
  research: Research;
  doubt: Doubt;
}

export interface LanguageAsk {
  subject: Case;
  looks: readonly ReadLook[];
  /** Past setups and notes, in words. */
  memory: readonly Remembered[];
  number: number;
  before?: Round | undefined;
  added: readonly ReadLook[];
  horizonBars: number;
  signal: AbortSignal;
}

/** How a model is asked. */
export type LanguageAsked = Omit<LanguageJudge, 'llm' | 'research' | 'reasoning' | 'exchanges'>;

export function createLanguageJudge(llm: Llm, asked: LanguageAsked): LanguageJudge {
  const { llm: recording, exchanges } = recordingLlm(llm);
  return {
    ...asked,
    exchanges,
    llm: recording,
    research: new ResearchAgent(recording),
    reasoning: new ReasoningAgent(recording),
  };
}

/** Of every answer. */
export const SEED = 1;
/** What stands for C where the model abstained: full doubt. */
const ABSTAINED: SignalConfidence = { value: 0, eps: 0.5, interval: null, method: 'token-probabilities', asks: 1 };

/** One round of the language model: it reads everything so far, then is asked how far it doubts its own reading. */
export async function judgeInWords(
  judge: LanguageJudge,
  ask: LanguageAsk,
): Promise<JudgedRound & { words: LanguageRound }> {
  const { subject, number, signal } = ask;
  const { series, window } = subject.picture;
  const options = { temperature: judge.temperature, maxTokens: judge.maxTokens, seed: SEED, signal };
  const pack = packOf(judge, ask);
  const picture = judge.vision ? imagePng(scaleWindow(window.close)) : undefined;
  const close = series.close.at(-1)!;
  const shown = { picture, windowBars: window.close.length };
  const research = await judge.research.research(pack, ask.horizonBars, close, { ...options, ...shown });
  const conversation = (png?: Uint8Array) => judge.research.conversation(pack, ask.horizonBars, research, png);
  const claim = {
    reading: `${research.regime.replace('_', '-')}, ${research.action}`,
    evidence: [...research.evidenceFor, ...research.evidenceAgainst, ...factsOf(ask, research.regime)],
    conversation: conversation(picture),
    ...(research.picture?.shown && { inWords: conversation() }),
  };
  const doubt = await judge.reasoning.computeConfidence(claim, options);
  const confidence = doubt.confidence ?? ABSTAINED;
  const numeric = numericOf(ask);
  const round: Round = {
    round: number,
    added: ask.added.map(({ look }) => look),
    pooledRegime: numeric.pooledRegime,
    regime: research.regime,
    confidence,
    proposed: research.action,
    sentence: `${judge.llm.info.name} reads ${research.regime.replace('_', '-')} and says ${research.action}, with C ${confidence.value.toFixed(2)}${number === 0 ? '' : ` in round ${number}`}.`,
  };
  return { round, reasons: [], words: { research, doubt } };
}

/** What the numeric judge makes of the same looks. */
export function numericOf({ subject, looks }: Pick<LanguageAsk, 'subject' | 'looks'>) {
  const { picture, convnext, directionSpeaks } = subject;
  return judgeNumerically({
    looks: looks.map(({ look }) => look),
    trendScore: picture.features.trend_score,
    lastX: picture.lastX,
    directionBaseRates: directionSpeaks ? convnext.directionBaseRates : null,
    card: convnext.info,
  });
}

function packOf(judge: LanguageJudge, { subject, looks, memory }: LanguageAsk) {
  const { series, window, features, scores } = subject.picture;
  const { symbol, interval, currency } = series;
  return packEvidence({
    x: scaleWindow(window.close),
    features,
    scores,
    looks: looks.map(({ look }) => look),
    memory,
    named: { symbol, interval, currency, lastBarDate: exchangeDate(series), lastClose: series.close.at(-1)! },
    blind: judge.blind,
  });
}

/**
 * The plainest figures, so that the doubt is about the numbers too and not about the model's own words alone; few, since each order is read
 * anew and all of them stand in the conversation.
 */
function factsOf({ subject, looks }: LanguageAsk, regime: Regime): string[] {
  const same = looks.filter(({ look }) => topRegime(look.reading.regime) === regime).length;
  return [
    `trend_score ${subject.picture.features.trend_score.toFixed(2)}`,
    `${same} of ${looks.length} looks read ${regime.replace('_', '-')}`,
  ];
}

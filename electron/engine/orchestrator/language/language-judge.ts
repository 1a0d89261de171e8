import type { Round, SignalConfidence } from '../../../../shared/domain/index.ts';
import {
  type Doubt,
  judgeNumerically,
  packEvidence,
  ReasoningAgent,
  type Research,
  ResearchAgent,
} from '../../agents/index.ts';
import type { Llm } from '../../llm/index.ts';
import { scaleWindow } from '../../vision/index.ts';
import { exchangeDate } from '../compose.ts';
import type { Case, JudgedRound } from '../judge-rounds.ts';
import type { ReadLook } from '../looks.ts';

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
  memory: readonly string[];
  number: number;
  before?: Round | undefined;
  added: readonly ReadLook[];
  horizonBars: number;
  signal: AbortSignal;
}

export const createLanguageJudge = (
  llm: Llm,
  asked: Omit<LanguageJudge, 'llm' | 'research' | 'reasoning'>,
): LanguageJudge => ({
  ...asked,
  llm,
  research: new ResearchAgent(llm),
  reasoning: new ReasoningAgent(llm),
});

const SEED = 1;
/** What stands for C where the model abstained: full doubt. */
const ABSTAINED: SignalConfidence = { value: 0, eps: 0.5, interval: null, method: 'token-probabilities', asks: 1 };

/** One round of the language model: it reads everything so far, then is asked how far it doubts its own reading. */
export async function judgeInWords(
  judge: LanguageJudge,
  ask: LanguageAsk,
): Promise<JudgedRound & { words: LanguageRound }> {
  const { subject, number, signal } = ask;
  const { series } = subject.picture;
  const options = { temperature: judge.temperature, maxTokens: judge.maxTokens, seed: SEED, signal };
  const pack = packOf(judge, ask);
  const research = await judge.research.research(pack, ask.horizonBars, series.close.at(-1)!, options);
  const claim = {
    reading: `${research.regime.replace('_', '-')}, ${research.action}`,
    evidence: [...research.evidenceFor, ...research.evidenceAgainst, ...factsOf(ask)],
    conversation: judge.research.conversation(pack, ask.horizonBars, research),
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

/** The plainest figures of the window, so that the doubt is about the numbers too and not about the model's own words alone; short, since each order is read anew. */
function factsOf({ subject, looks }: LanguageAsk): string[] {
  const { features, scores } = subject.picture;
  const regimes = looks.map(({ look }) => {
    const [name, p] = Object.entries(look.reading.regime).reduce((best, next) => (next[1] > best[1] ? next : best));
    return `${look.kind}: ${name.replace('_', '-')} ${p.toFixed(2)}`;
  });
  return [
    `trend_score ${features.trend_score.toFixed(2)}, TREND ${scores.trend}, CYCLE ${scores.cycle}, BURST ${scores.burst}`,
    ...regimes,
  ];
}

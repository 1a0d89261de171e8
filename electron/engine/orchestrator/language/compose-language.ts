import type { Decision, HoldReason, LanguageReading } from '../../../../shared/domain/index.ts';
import { combineOpinions, type DecisionContent, type Opinion } from '../../decision/index.ts';
import { type LanguageJudge, type LanguageRound, SEED } from './language-judge.ts';
import { cutOf, pictureOf } from './told.ts';

export interface LanguageFindings {
  judge: LanguageJudge;
  rounds: readonly LanguageRound[];
  threshold: number;
  /** Measured records of the two judges; null below 50 settled positions. */
  records: { numeric: Opinion['record']; language: Opinion['record'] };
  /** What the numeric judge decided, shown first. */
  numeric: Decision;
}

/** A decision of both judges from the composed one: the model's own word, the numeric judge's on the same looks, and the rule that joins them. */
export function withLanguage(content: DecisionContent, findings: LanguageFindings): DecisionContent {
  const { judge, rounds, threshold, records, numeric } = findings;
  const last = rounds.at(-1)!;
  const novel = content.holdReasons.filter(({ code }) => code === 'novelty');
  const own = judge.reasoning.decide(last.research, last.doubt, threshold);
  const language = { action: novel.length > 0 ? ('hold' as const) : own.action, record: records.language };
  const combined = combineOpinions({ action: numeric.action, record: records.numeric }, language);
  return {
    ...content,
    judge: 'llm',
    action: combined.action,
    holdReasons: combined.action === 'hold' ? holdReasons(novel, own.reasons, combined.sentence, own.action) : [],
    opinions: {
      numeric: {
        action: numeric.action,
        confidence: numeric.confidence.value,
        sentence: numeric.holdReasons[0]?.sentence ?? numeric.evidenceFor[0]?.sentence ?? '',
      },
      language: { action: language.action, confidence: content.confidence.value, sentence: last.research.thesis },
      sentence: combined.sentence,
      follows: numeric.id,
    },
    language: readingOf(judge, rounds),
    provenance: { ...withAnswers(content.provenance, judge, rounds), language: asksOf(judge, records) },
  };
}

function holdReasons(
  novel: readonly HoldReason[],
  own: readonly HoldReason[],
  sentence: string,
  action: string,
): HoldReason[] {
  const reasons = [...novel, ...own];
  if (reasons.length > 0) return reasons;
  return [{ code: action === 'hold' ? 'regime_not_traded' : 'judges_disagree', sentence }];
}

function readingOf({ llm, blind }: LanguageJudge, rounds: readonly LanguageRound[]): LanguageReading {
  const last = rounds.at(-1)!;
  const { research } = last;
  const { trend, cycle, burst, disagreements, regime, thesis, evidenceFor, evidenceAgainst } = research;
  const { invalidationPrice, struck, leftOut, usage, timing } = research;
  const [cut, picture] = [cutOf(rounds), pictureOf(last)];
  return {
    model: llm.info.name,
    scores: { trend, cycle, burst },
    ...{ disagreements, regime, thesis, evidenceFor, evidenceAgainst, invalidationPrice, struck, cut, blind },
    ...(leftOut > 0 && { leftOut }),
    ...(picture && { picture }),
    promptTokens: usage.promptTokens,
    reusedTokens: usage.reusedTokens,
    generatedTokens: usage.generatedTokens,
    ms: timing.promptMs + timing.generateMs,
  };
}

function asksOf(
  { llm: { info }, temperature, maxTokens, vision, exchanges }: LanguageJudge,
  { numeric, language }: LanguageFindings['records'],
): NonNullable<DecisionContent['provenance']['language']> {
  const { backend, device, contextTokens, threads = null, vision: sees, tokenProbabilities } = info;
  const record = (of: Opinion['record']) => of && { n: of.n, hits: of.hits };
  return {
    ...{
      temperature,
      maxTokens,
      seed: SEED,
      vision,
      backend,
      device,
      contextTokens,
      threads,
      sees,
      tokenProbabilities,
    },
    records: { numeric: record(numeric), language: record(language) },
    exchanges: [...exchanges],
  };
}

function withAnswers(
  provenance: DecisionContent['provenance'],
  { llm, research, reasoning }: LanguageJudge,
  rounds: readonly LanguageRound[],
): DecisionContent['provenance'] {
  const asks = rounds.flatMap(({ doubt }) =>
    doubt.raw.map((values) => ({ judge: 'llm', lookHash: provenance.windowHash, values })),
  );
  const prompt = llm.info.tokenProbabilities ? reasoning.prompt : reasoning.statedPrompt;
  const shown = rounds.some(({ research: { picture } }) => picture?.shown) && research.picturePrompt.hash;
  return {
    ...provenance,
    modelHashes: { ...provenance.modelHashes, ...(llm.info.sha256 && { llm: llm.info.sha256 }) },
    promptHashes: { research: research.prompt.hash, [prompt.name]: prompt.hash, ...(shown && { picture: shown }) },
    rawAnswers: [...provenance.rawAnswers, ...asks],
    rawTexts: rounds.map(({ research: answer }) => ({ judge: llm.info.name, text: answer.raw })),
  };
}

import type { HoldReason, LanguageReading } from '../../../../shared/domain/index.ts';
import { combineOpinions, type DecisionContent, type Opinion } from '../../decision/index.ts';
import type { Case } from '../judge-rounds.ts';
import type { ReadLook } from '../looks.ts';
import { type LanguageJudge, type LanguageRound, numericOf } from './language-judge.ts';

export interface LanguageFindings {
  judge: LanguageJudge;
  subject: Case;
  looks: readonly ReadLook[];
  rounds: readonly LanguageRound[];
  threshold: number;
  /** Measured records of the two judges; null below 50 settled positions. */
  records: { numeric: Opinion['record']; language: Opinion['record'] };
  follows: string | null;
}

/** A decision of both judges from the composed one: the model's own word, the numeric judge's on the same looks, and the rule that joins them. */
export function withLanguage(content: DecisionContent, findings: LanguageFindings): DecisionContent {
  const { judge, rounds, threshold, records, follows } = findings;
  const last = rounds.at(-1)!;
  const novel = content.holdReasons.filter(({ code }) => code === 'novelty');
  const own = judge.reasoning.decide(last.research, last.doubt, threshold);
  const numeric = numericOf(findings);
  const language = { action: novel.length > 0 ? ('hold' as const) : own.action, record: records.language };
  const numericAction =
    numeric.reasons.length > 0 || numeric.confidence.value < threshold || novel.length > 0
      ? ('hold' as const)
      : numeric.proposed;
  const combined = combineOpinions({ action: numericAction, record: records.numeric }, language);
  return {
    ...content,
    judge: 'llm',
    action: combined.action,
    holdReasons: combined.action === 'hold' ? holdReasons(novel, own.reasons, combined.sentence, own.action) : [],
    opinions: {
      numeric: {
        action: numericAction,
        confidence: numeric.confidence.value,
        sentence: numeric.reasons[0]?.sentence ?? `The numeric judge reads ${numeric.regime.replace('_', '-')}.`,
      },
      language: { action: language.action, confidence: content.confidence.value, sentence: last.research.thesis },
      sentence: combined.sentence,
      follows,
    },
    language: readingOf(judge, last),
    provenance: withAnswers(content.provenance, judge, rounds),
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

function readingOf({ llm, blind }: LanguageJudge, { research }: LanguageRound): LanguageReading {
  const { trend, cycle, burst, disagreements, regime, thesis, evidenceFor, evidenceAgainst } = research;
  const { invalidationPrice, struck, cut, usage, timing } = research;
  return {
    model: llm.info.name,
    scores: { trend, cycle, burst },
    ...{ disagreements, regime, thesis, evidenceFor, evidenceAgainst, invalidationPrice, struck, cut, blind },
    promptTokens: usage.promptTokens,
    reusedTokens: usage.reusedTokens,
    generatedTokens: usage.generatedTokens,
    ms: timing.promptMs + timing.generateMs,
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
  return {
    ...provenance,
    modelHashes: { ...provenance.modelHashes, ...(llm.info.sha256 && { llm: llm.info.sha256 }) },
    promptHashes: { research: research.prompt.hash, [prompt.name]: prompt.hash },
    rawAnswers: [...provenance.rawAnswers, ...asks],
    rawTexts: rounds.map(({ research: answer }) => ({ judge: llm.info.name, text: answer.raw })),
  };
}

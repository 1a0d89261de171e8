import type { Evidence } from '../../../shared/domain/index.ts';
import {
  confidenceGate,
  type DecisionContent,
  type EvidenceLists,
  gatherEvidence,
  noveltyGate,
} from '../decision/index.ts';
import type { Series } from '../market/index.ts';
import { canonicalJson, dateIn, sha256 } from '../platform/index.ts';
import type { Convnext } from '../vision/index.ts';
import type { AnalyzeSettings } from './analyze-settings.ts';
import type { Case, JudgedRound, Picture } from './judge-rounds.ts';
import type { ReadLook } from './looks.ts';

export interface Findings extends Case {
  looks: readonly ReadLook[];
  rounds: readonly JudgedRound[];
  /** Why looks could not be added. */
  missing: readonly string[];
  /** What the knowledge base says to it. */
  notes: readonly Evidence[];
}

/** The decision that the last round and the gates give, with everything a repetition needs (DEFINITIONS 6). */
export function composeDecision(engineVersion: string, settings: AnalyzeSettings, findings: Findings): DecisionContent {
  const { picture, rounds, looks } = findings;
  const { series } = picture;
  const last = rounds.at(-1)!;
  const { regime, confidence, proposed } = last.round;
  const novel = noveltyGate(looks[0]!.look.novelty);
  const gate = confidenceGate(confidence.value, settings.threshold);
  const holdReasons = [novel, ...last.reasons, gate].filter((reason) => reason !== null);
  const asOf = new Date(series.asOf).toISOString();
  return {
    engineVersion,
    ...identityOf(series),
    asOf,
    knownAt: asOf,
    lastBarDate: exchangeDate(series),
    lastClose: series.close.at(-1)!,
    window: windowRecord(picture),
    horizonBars: settings.horizonBars,
    costFraction: settings.costFraction,
    judge: 'numeric',
    action: holdReasons.length > 0 ? 'hold' : proposed,
    proposed,
    holdReasons,
    regime,
    confidence,
    threshold: settings.threshold,
    rounds: rounds.map(({ round }) => round),
    features: picture.features,
    scores: picture.scores,
    ...evidenceOf(findings),
    sampleStatus: findings.convnext.sampleStatus(series.symbol, series.asOf),
    ...(findings.convnext.heads && { heads: findings.convnext.heads }),
    pCorrect: UNCALIBRATED,
    seed: 0,
    provenance: provenance(settings, findings),
  };
}

const UNCALIBRATED: DecisionContent['pCorrect'] = {
  state: 'uncalibrated',
  n: 0,
  sentence: 'P(correct) is uncalibrated (n = 0): no outcome has been settled yet.',
};

const identityOf = ({ symbol, source, interval, currency, timezone }: Series) => ({
  ...{ symbol, source, interval, currency, timezone },
});

/** The last bar's date in the exchange's zone; daily and longer bars carry it as 00:00 UTC of that date. */
export function exchangeDate({ time, interval, timezone }: Series): string {
  const daily = interval === '1d' || interval === '1wk' || interval === '1mo';
  return dateIn(time.at(-1)!, daily ? 'UTC' : timezone);
}

function windowRecord({ window, notices }: Picture): DecisionContent['window'] {
  const iso = (time: number) => new Date(time).toISOString();
  const { bars, hash, time } = window;
  return { bars, start: iso(time[0]!), end: iso(time.at(-1)!), hash, notices };
}

function evidenceOf({ picture, convnext, directionSpeaks, looks, rounds, missing, notes }: Findings): EvidenceLists {
  const { regime, proposed } = rounds.at(-1)!.round;
  const { series, features, scores, lastX } = picture;
  const lists = gatherEvidence({
    ...{ regime, proposed, features, scores, lastX },
    looks: looks.map(({ look }) => look),
    direction: directionSpeaks ? { baseRates: convnext.directionBaseRates } : null,
    card: convnext.info,
    sampleStatus: convnext.sampleStatus(series.symbol, series.asOf),
  });
  const against = missing.map((sentence) => ({ code: 'look_missing', sentence }));
  return {
    evidenceFor: [...lists.evidenceFor, ...notes],
    evidenceAgainst: [...lists.evidenceAgainst, ...against],
  };
}

function provenance(settings: AnalyzeSettings, { picture, convnext, looks }: Findings): DecisionContent['provenance'] {
  const rawAnswers = looks.flatMap(({ look, logits }) => {
    if (!logits) return [];
    const values = [...logits.regime, ...logits.direction, ...logits.volatility];
    return [{ judge: 'convnext', lookHash: look.windowHash, values }];
  });
  return {
    windowHash: picture.window.hash,
    settingsHash: sha256(canonicalJson(settings)),
    settings: { ...settings },
    modelHashes: modelHashes(convnext),
    promptHashes: {},
    rawAnswers,
    memoryIds: [],
    executionProvider: convnext.executionProvider,
    threads: convnext.threads,
    batchSize: convnext.batchSize,
  };
}

/** SHA-256 of the weights, of what novelty rests on, and where fine-tuned heads govern the series of their version and of its regime head. */
function modelHashes({ modelHash, referenceHash, heads, regimeHead }: Convnext): Record<string, string> {
  return {
    ...{ convnext: modelHash, reference: referenceHash },
    ...(heads && { heads: heads.sha256 }),
    ...(regimeHead && { regimeHead }),
  };
}

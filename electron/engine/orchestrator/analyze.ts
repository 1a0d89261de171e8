import type { AsOf, Decision, HoldReason, InstrumentRef, Round, Stage } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { judgeNumerically } from '../agents/index.ts';
import { confidenceGate, contentHash, type DecisionContent, gatherEvidence } from '../decision/index.ts';
import { type Market, noticesBetween, type Series } from '../market/index.ts';
import { type Clock, canonicalJson, newDecisionId, sha256 } from '../platform/index.ts';
import { type Convnext, features, type PriceWindow, scaleWindow, scores, takeWindow } from '../vision/index.ts';
import { badShare, MAX_BAD_SHARE, planRoundOne, type ReadLook, readLook } from './looks.ts';

export interface AnalyzeDeps {
  market: Market;
  convnext: () => Promise<Convnext>;
  clock: Clock;
  engineVersion: string;
}

/** What shapes a decision; stored with it, and hashed. */
export interface AnalyzeSettings {
  windowBars: number;
  horizonBars: number;
  threshold: number;
  maxRefinements: number;
  costFraction: number;
}

export interface AnalyzeTask {
  runId: string;
  ref: InstrumentRef;
  asOf: AsOf | undefined;
  settings: AnalyzeSettings;
  /** The user's word that stale live bars may be analyzed. */
  allowStale: boolean;
  signal: AbortSignal;
  onStage(stage: Stage): void;
}

/** One full analysis of one symbol up to its as-of, not yet stored. The same bars, settings and model give the same content. */
export async function analyzeSymbol(deps: AnalyzeDeps, task: AnalyzeTask): Promise<Decision> {
  const step = (stage: Stage) => {
    if (task.signal.aborted) throw new BrainnetError('CANCELLED');
    task.onStage(stage);
  };
  step('bars');
  const series = await deps.market.series(task.ref, task.asOf, task.signal);
  if (!task.allowStale) requireFresh(series);
  const window = checkedWindow(series, task.settings.windowBars);
  step('fields');
  const x = scaleWindow(window.close);
  const measured = features(x);
  const picture = { series, window, lastX: x.at(-1)!, features: measured, scores: scores(measured) };
  step('network');
  const convnext = await deps.convnext();
  requireReadable(convnext, window.bars);
  const looks = [await readLook(convnext, 'window', window)];
  step('judge');
  const rounds = [judgeRound(picture, convnext, looks, looks)];
  const missing: string[] = [];
  if (rounds[0]!.round.confidence.value < task.settings.threshold && task.settings.maxRefinements > 0) {
    step('refine');
    const refinement = planRoundOne(series, window.bars, task.settings.horizonBars);
    missing.push(...refinement.missing);
    const added: ReadLook[] = [];
    for (const plan of refinement.plans) added.push(await readLook(convnext, plan.kind, plan.window));
    looks.push(...added);
    if (added.length > 0) rounds.push(judgeRound(picture, convnext, looks, added, rounds.at(-1)!.round));
  }
  step('store');
  const content = compose(deps, task.settings, { picture, convnext, looks, rounds, missing });
  const identity = { id: newDecisionId(), runId: task.runId, createdAt: new Date(deps.clock.now()).toISOString() };
  return { ...identity, ...content, contentHash: contentHash(content) };
}

interface Picture {
  series: Series;
  window: PriceWindow;
  lastX: number;
  features: Decision['features'];
  scores: Decision['scores'];
}

interface JudgedRound {
  round: Round;
  reasons: HoldReason[];
}

function checkedWindow(series: Series, bars: number): PriceWindow {
  const { symbol } = series;
  const window = takeWindow(series, { bars });
  const asOf = new Date(series.asOf).toISOString();
  if (!window) throw new BrainnetError('TOO_FEW_BARS', { symbol, have: series.close.length, need: bars, asOf });
  const share = badShare(series, window);
  if (share > MAX_BAD_SHARE) {
    const bad = Math.round(share * bars);
    throw new BrainnetError('TOO_MANY_BAD_BARS', { symbol, bad, bars, percent: Math.round(100 * share) });
  }
  return window;
}

/** Beyond this many missed sessions live bars are not analyzed unasked. */
const STALE_SESSIONS = 2;

function requireFresh(series: Series): void {
  const { symbol, sessionsBehind: sessions = 0 } = series;
  if (sessions > STALE_SESSIONS)
    throw new BrainnetError('STALE_BARS', { symbol, sessions, last: exchangeDate(series) });
}

function requireReadable(convnext: Convnext, bars: number): void {
  const reads = convnext.info.windowBars;
  if (bars !== reads) throw new BrainnetError('WINDOW_NOT_READ', { reads, bars });
}

function judgeRound(
  picture: Picture,
  convnext: Convnext,
  all: readonly ReadLook[],
  added: readonly ReadLook[],
  before?: Round,
): JudgedRound {
  const opinion = judgeNumerically({
    looks: all.map(({ look }) => look),
    trendScore: picture.features.trend_score,
    lastX: picture.lastX,
    directionBaseRates: convnext.directionBaseRates,
  });
  const { pooledRegime, regime, confidence, proposed } = opinion;
  const number = before ? before.round + 1 : 0;
  const sentence = before
    ? `Round ${number} added ${added.length} looks; C moved from ${before.confidence.value.toFixed(2)} to ${confidence.value.toFixed(2)}.`
    : `The first look reads ${regime.replace('_', '-')} with C ${confidence.value.toFixed(2)}.`;
  const looks = added.map(({ look }) => look);
  return {
    round: { round: number, added: looks, pooledRegime, regime, confidence, proposed, sentence },
    reasons: opinion.reasons,
  };
}

interface Findings {
  picture: Picture;
  convnext: Convnext;
  looks: readonly ReadLook[];
  rounds: readonly JudgedRound[];
  missing: readonly string[];
}

function compose(deps: AnalyzeDeps, settings: AnalyzeSettings, findings: Findings): DecisionContent {
  const { picture, convnext, looks, rounds, missing } = findings;
  const { series, window } = picture;
  const final = rounds.at(-1)!;
  const { regime, confidence, proposed } = final.round;
  const gate = confidenceGate(confidence.value, settings.threshold);
  const holdReasons = gate ? [...final.reasons, gate] : final.reasons;
  const asOf = new Date(series.asOf).toISOString();
  const sampleStatus = convnext.sampleStatus(series.symbol, series.asOf);
  const { directionBaseRates } = convnext;
  const allLooks = looks.map(({ look }) => look);
  const { lastX, features: measured, scores: scored } = picture;
  const evidence = gatherEvidence({
    regime,
    proposed,
    features: measured,
    scores: scored,
    lastX,
    looks: allLooks,
    directionBaseRates,
    sampleStatus,
  });
  evidence.evidenceAgainst.push(...missing.map((sentence) => ({ code: 'look_missing', sentence })));
  return {
    engineVersion: deps.engineVersion,
    ...identityOf(series),
    asOf,
    knownAt: asOf,
    lastBarDate: exchangeDate(series),
    lastClose: series.close.at(-1)!,
    window: windowRecord(series, window),
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
    features: measured,
    scores: scored,
    ...evidence,
    sampleStatus,
    pCorrect: {
      state: 'uncalibrated',
      n: 0,
      sentence: 'P(correct) is uncalibrated (n = 0): no outcome has been settled yet.',
    },
    seed: 0,
    provenance: provenance(settings, convnext, window, looks),
  };
}

const identityOf = ({ symbol, source, interval, currency, timezone }: Series) => ({
  symbol,
  source,
  interval,
  currency,
  timezone,
});

function windowRecord(series: Series, window: PriceWindow): DecisionContent['window'] {
  const [from, to] = [window.time[0]!, window.time.at(-1)!];
  const { notices } = noticesBetween(series, from, to);
  return {
    bars: window.bars,
    start: new Date(from).toISOString(),
    end: new Date(to).toISOString(),
    hash: window.hash,
    notices,
  };
}

/** The last bar's date in the exchange's zone; daily bars carry it as 00:00 UTC of that date. */
function exchangeDate(series: Series): string {
  const time = series.time.at(-1)!;
  const daily = series.interval === '1d' || series.interval === '1wk' || series.interval === '1mo';
  return new Intl.DateTimeFormat('en-CA', { timeZone: daily ? 'UTC' : series.timezone }).format(time);
}

function provenance(
  settings: AnalyzeSettings,
  convnext: Convnext,
  window: PriceWindow,
  looks: readonly ReadLook[],
): DecisionContent['provenance'] {
  const rawAnswers = looks.map(({ look, prediction: { logits } }) => {
    const values = [...logits.regime, ...logits.direction, ...logits.volatility];
    return { judge: 'convnext', lookHash: look.windowHash, values };
  });
  return {
    windowHash: window.hash,
    settingsHash: sha256(canonicalJson(settings)),
    settings: { ...settings },
    modelHashes: { convnext: convnext.modelHash },
    promptHashes: {},
    rawAnswers,
    memoryIds: [],
    executionProvider: convnext.executionProvider,
    threads: convnext.threads,
    batchSize: convnext.batchSize,
  };
}

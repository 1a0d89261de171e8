import type { AsOf, Decision, InstrumentRef, Stage } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { contentHash } from '../decision/index.ts';
import type { Market, Series } from '../market/index.ts';
import { type Clock, newDecisionId } from '../platform/index.ts';
import { type Convnext, checkedWindow } from '../vision/index.ts';
import type { AnalyzeSettings } from './analyze-settings.ts';
import { composeDecision, exchangeDate } from './compose.ts';
import { type Case, drawPicture, judgeRound } from './judge-rounds.ts';
import { planRoundOne, type ReadLook, readLook } from './looks.ts';

export interface AnalyzeDeps {
  market: Market;
  convnext: () => Promise<Convnext>;
  clock: Clock;
  engineVersion: string;
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

/**
 * One full analysis of one symbol up to its as-of, not yet stored. The same bars, settings and model give the same content.
 * @throws TOO_FEW_BARS, TOO_MANY_BAD_BARS, STALE_BARS, WINDOW_NOT_READ, CANCELLED, and what market and network throw
 */
export async function analyzeSymbol(deps: AnalyzeDeps, task: AnalyzeTask): Promise<Decision> {
  const { settings, signal } = task;
  const step = (stage: Stage) => {
    if (signal.aborted) throw new BrainnetError('CANCELLED');
    task.onStage(stage);
  };
  step('bars');
  const series = await deps.market.series(task.ref, task.asOf, signal);
  if (!task.allowStale) requireFresh(series);
  const checked = checkedWindow(series, settings.windowBars);
  step('fields');
  const picture = drawPicture(series, checked);
  step('network');
  const convnext = await deps.convnext();
  requireReadable(convnext, checked.window.bars);
  const matter: Case = { picture, convnext, directionSpeaks: settings.horizonBars === convnext.info.horizonBars };
  const looks = [await readLook(convnext, 'window', checked.window)];
  step('judge');
  const rounds = [judgeRound(matter, looks, looks)];
  const missing: string[] = [];
  const first = rounds[0]!.round;
  if (first.confidence.value < settings.threshold && settings.maxRefinements > 0) {
    step('refine');
    const refinement = planRoundOne(series, settings.windowBars, settings.horizonBars);
    const added: ReadLook[] = [];
    for (const { kind, window } of refinement.plans) added.push(await readLook(convnext, kind, window));
    looks.push(...added);
    missing.push(...refinement.missing);
    if (added.length > 0) rounds.push(judgeRound(matter, looks, added, first));
  }
  step('store');
  const content = composeDecision(deps.engineVersion, settings, { ...matter, looks, rounds, missing });
  const identity = { id: newDecisionId(), runId: task.runId, createdAt: new Date(deps.clock.now()).toISOString() };
  return { ...identity, ...content, contentHash: contentHash(content) };
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

import type { AsOf, Decision, InstrumentRef, Origin, Stage } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Market, Series } from '../../market/index.ts';
import type { SetupMemory, WrittenContext } from '../../memory/index.ts';
import { type Convnext, checkedWindow, type HeadedConvnext, networkFor, seriesFor } from '../../vision/index.ts';
import type { AnalyzeSettings } from '../analyze-settings.ts';
import { exchangeDate } from '../compose.ts';
import { type Case, drawPicture } from '../judge-rounds.ts';
import type { JudgingDeps } from '../judging.ts';
import type { Knowledge } from '../knowledge.ts';
import type { LanguageFindings } from '../language/compose-language.ts';
import type { LanguageJudge } from '../language/language-judge.ts';

/** What the nodes of the graph work with. */
export interface GraphDeps {
  market: Market;
  convnext: () => Promise<HeadedConvnext>;
  engineVersion: string;
  memory: SetupMemory;
  knowledge: Knowledge;
  judging: JudgingDeps;
}

export interface AnalyzeTask {
  ref: InstrumentRef;
  asOf: AsOf | undefined;
  settings: AnalyzeSettings;
  /** The user's word that stale live bars may be analyzed. */
  allowStale: boolean;
  /** Whose experience may be drawn on: a replay knows only its own. */
  experience: { origin: Origin | 'both'; replayId?: string | undefined };
  /** Left out: the numeric judge decides alone. */
  language?: LanguageTask | undefined;
  signal: AbortSignal;
  onStage(stage: Stage): void;
}

/** What a language model needs to judge beside the numeric judge. */
export interface LanguageTask {
  judge: LanguageJudge;
  /** Measured records of both judges so far. */
  records: LanguageFindings['records'];
  /** The numeric decision that was shown first. */
  numeric: Decision;
  /** Written memories that bear on the symbol, in words, as of then; empty where there are none. */
  memoryText(query: { symbol: string; asOf: number }): Promise<Pick<WrittenContext, 'ids' | 'oldestFirst'>>;
}

/** The bars, the window and the network of one analysis, had once and kept beside the state, which holds none of them. */
export interface Matter {
  deps: GraphDeps;
  task: AnalyzeTask;
  /** @throws CANCELLED */
  step(stage: Stage): void;
  /** @throws TOO_FEW_BARS, TOO_MANY_BAD_BARS, STALE_BARS, WINDOW_NOT_READ, and what market and network throw */
  case(): Promise<Case>;
}

export function createMatter(deps: GraphDeps, task: AnalyzeTask): Matter {
  let loading: Promise<Case> | null = null;
  const step = (stage: Stage) => {
    if (task.signal.aborted) throw new BrainnetError('CANCELLED');
    task.onStage(stage);
  };
  return {
    deps,
    task,
    step,
    case() {
      loading ??= loadCase(deps, task, step);
      return loading;
    },
  };
}

async function loadCase(deps: GraphDeps, task: AnalyzeTask, step: Matter['step']): Promise<Case> {
  const { settings } = task;
  step('bars');
  const series = await seriesFor(settings.windowBars, deps.market.series(task.ref, task.asOf, task.signal));
  if (!task.allowStale) requireFresh(series);
  const checked = checkedWindow(series, settings.windowBars);
  step('fields');
  const picture = drawPicture(series, checked);
  step('network');
  const network = await deps.convnext();
  const convnext = networkFor(network, series);
  requireReadable(convnext, checked.window.bars);
  return { picture, convnext, network, directionSpeaks: settings.horizonBars === convnext.info.horizonBars };
}

/** Beyond this many missed sessions live bars are not analyzed unasked. */
const STALE_SESSIONS = 2;

/** @throws STALE_BARS */
export function requireFresh(series: Series): void {
  const { symbol, sessionsBehind: sessions = 0 } = series;
  if (sessions > STALE_SESSIONS)
    throw new BrainnetError('STALE_BARS', { symbol, sessions, last: exchangeDate(series) });
}

function requireReadable(convnext: Convnext, bars: number): void {
  const reads = convnext.info.windowBars;
  if (bars !== reads) throw new BrainnetError('WINDOW_NOT_READ', { reads, bars });
}

import type { LeakageEvent, LeakageRequest, LeakageResult } from '../../../../shared/domain/index.ts';
import { LEAKAGE_VARIANTS } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import {
  type DecisionContent,
  fitCalibration,
  leanOf,
  type Settleable,
  seeded,
  settle,
  tripOf,
} from '../../decision/index.ts';
import type { Market, Series } from '../../market/index.ts';
import { type Analyzer, createAnalyzer, type GraphDeps, NO_KNOWLEDGE } from '../../orchestrator/index.ts';
import type { Clock } from '../../platform/index.ts';
import type { HeadedConvnext } from '../../vision/index.ts';
import { type Plan, type PlanDeps, type Planned, planReplay } from '../plan.ts';
import type { ReplayStore } from '../replay-store.ts';
import { type Compared, type Judged, measure } from './measure.ts';
import { variantOf } from './variants.ts';

export interface LeakageDeps extends Omit<PlanDeps, 'market'> {
  market: Market;
  memory: GraphDeps['memory'];
  convnext: () => Promise<HeadedConvnext>;
  store: Pick<ReplayStore, 'addTest'>;
  clock: Clock;
}

const JUDGE = 'numeric';

/**
 * Lets the judge decide the same windows as they are, hidden, rescaled and slightly changed, without any memory, and stores how far
 * its decisions part: a judge that knows the past by its name decides otherwise when the name is hidden.
 * @throws as planning a replay, and CANCELLED
 */
export async function* testLeakage(
  deps: LeakageDeps,
  request: LeakageRequest,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<LeakageEvent> {
  const network = await deps.convnext();
  const plan = await planReplay(deps, request, network, signal);
  const drawn = drawWindows(plan, request);
  const began = deps.clock.now();
  const compared: Compared[] = [];
  for (const window of drawn) {
    if (signal.aborted) throw new BrainnetError('CANCELLED');
    const found = await compare(deps, plan, network, window, request.seed);
    if (found) compared.push(found);
    const done = drawn.indexOf(window) + 1;
    const leftMs = ((deps.clock.now() - began) * (drawn.length - done)) / done;
    yield { type: 'progress', done, total: drawn.length, leftMs };
  }
  if (compared.length === 0)
    throw new BrainnetError('INVALID_INPUT', { problem: 'none of the windows can be decided' });
  const result: LeakageResult = {
    ...{ at: new Date(deps.clock.now()).toISOString(), judge: JUDGE, model: network.modelHash, seed: request.seed },
    ...measure(JUDGE, compared),
  };
  deps.store.addTest(result);
  yield { type: 'result', result };
}

interface Drawn {
  planned: Planned;
  asOf: number;
}

/** Windows whose outcome is known, drawn without replacement; in the order of the plan. */
function drawWindows(plan: Plan, { windows, seed }: LeakageRequest): Drawn[] {
  const settled = plan.steps.flatMap(({ asOf, instruments }) =>
    instruments.filter((planned) => isSettled(plan, planned, asOf)).map((planned) => ({ planned, asOf })),
  );
  const random = seeded(seed);
  const ranked = settled.map((drawn) => ({ drawn, rank: random() })).sort((a, b) => a.rank - b.rank);
  const chosen = new Set(ranked.slice(0, windows).map(({ drawn }) => drawn));
  return settled.filter((drawn) => chosen.has(drawn));
}

/** The windows of an instrument stand `stepBars` apart, so those whose trips pass the last bar are its last ones. */
function isSettled({ settings, stepBars }: Plan, { series, asOfs }: Planned, asOf: number): boolean {
  const before = asOfs.length - 1 - asOfs.indexOf(asOf);
  const { exit: span } = tripOf(series, 0, settings.horizonBars);
  return before * stepBars >= span;
}

/** Null where a window is refused. */
async function compare(
  deps: LeakageDeps,
  plan: Plan,
  network: HeadedConvnext,
  { planned, asOf }: Drawn,
  seed: number,
): Promise<Compared | null> {
  const series = await deps.market.series(planned.ref, new Date(asOf).toISOString());
  const random = seeded(seed + asOf / 1000);
  const outcome = await outcomeAt(deps, plan, planned, series);
  const judged = async (shown: Series): Promise<Judged> => {
    const content = await decideOn(deps, plan, network, shown);
    const { side } = leanOf({ ...content, trendScore: content.features.trend_score });
    return { action: content.action, side, won: outcome[side] };
  };
  try {
    const shown = await judged(series);
    const others = [];
    for (const name of LEAKAGE_VARIANTS) others.push([name, await judged(variantOf(series, name, random))]);
    return { shown, ...Object.fromEntries(others) } as Compared;
  } catch (error) {
    if (error instanceof BrainnetError && error.code.startsWith('TOO_')) return null;
    throw error;
  }
}

async function outcomeAt(
  { market, clock }: LeakageDeps,
  { settings }: Plan,
  { ref, series: all }: Planned,
  series: Series,
) {
  const decision: Settleable = {
    ...ref,
    id: '',
    action: 'hold',
    horizonBars: settings.horizonBars,
    costFraction: settings.costFraction,
    window: { end: new Date(series.time.at(-1)!).toISOString() },
  };
  const settlement = await settle(market, all, decision, clock.now());
  if (settlement.state !== 'settled') return { long: false, short: false };
  const { long, short } = settlement.outcome;
  return { long: long.result === 'win', short: short.result === 'win' };
}

/** The live graph on bars that are handed to it, without any experience. */
async function decideOn(
  deps: LeakageDeps,
  plan: Plan,
  network: HeadedConvnext,
  shown: Series,
): Promise<DecisionContent> {
  const analyzer: Analyzer = createAnalyzer(
    {
      market: { ...deps.market, series: async () => shown },
      convnext: async () => network,
      engineVersion: deps.engineVersion,
      memory: { ...deps.memory, nearest: async () => [] },
      knowledge: NO_KNOWLEDGE,
      judging: WITHOUT_EXPERIENCE,
    },
    null,
  );
  const { symbol, source, interval } = shown;
  const { content } = await analyzer.analyze({
    ref: { symbol, source, interval },
    asOf: undefined,
    settings: plan.settings,
    allowStale: true,
    experience: { origin: 'replay', replayId: '' },
    signal: new AbortController().signal,
    onStage: () => {},
  });
  return content;
}

const WITHOUT_EXPERIENCE: GraphDeps['judging'] = {
  outcomes: { payoff: () => ({ n: 0, avgWin: 0, avgLoss: 0 }) },
  calibrations: { keep: () => {}, get: () => null },
  figures: { calibration: async () => fitCalibration([], 0) },
  memory: { nearest: async () => [] },
  baseRates: { count: async () => ({ wins: 0, trips: 0 }) },
};

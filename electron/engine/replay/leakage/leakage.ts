import {
  LEAKAGE_VARIANTS,
  type LeakageEstimate,
  type LeakageEvent,
  type LeakageRequest,
  type LeakageResult,
} from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { type Settleable, seeded, settle } from '../../decision/index.ts';
import type { Series } from '../../market/index.ts';
import { type Clock, canonicalJson, sha256 } from '../../platform/index.ts';
import type { HeadedConvnext } from '../../vision/index.ts';
import { type Plan, type PlanDeps, type Planned, planReplay } from '../plan.ts';
import { type Drawn, drawWindows } from './draw.ts';
import { type JudgesDeps, judgeUnderTest, leftOutFor, type TestedJudge } from './judges.ts';
import { leftOf, leftOutText, secondsOf } from './left.ts';
import { type Compared, measure } from './measure.ts';
import type { LeakageStore } from './store.ts';
import { variantOf } from './variants.ts';

export interface LeakageDeps extends Omit<PlanDeps, 'market'>, JudgesDeps {
  convnext: () => Promise<HeadedConvnext>;
  leakage: LeakageStore;
  clock: Clock;
}

interface Test {
  /** Named by all it rests on, so that the same test goes on where it was. */
  id: string;
  plan: Plan;
  network: HeadedConvnext;
  judge: TestedJudge;
  drawn: Drawn[];
}

/**
 * Lets the judge decide the same windows as they are, hidden, rescaled and slightly changed, without any memory, and stores how far
 * its decisions part: a judge that knows the past by its name decides otherwise when the name is hidden. Each window is kept, so that a
 * test that was cut short goes on behind its last one; only one over the language model's budget is asked again then.
 * @throws as planning a replay, CANCELLED, and of the language model LLM_MISSING, LLM_FAILED, LLM_UNLOADABLE and those of a server
 */
export async function* testLeakage(
  deps: LeakageDeps,
  request: LeakageRequest,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<LeakageEvent> {
  const test = await prepare(deps, request, signal);
  const { id, drawn, judge } = test;
  const found = deps.leakage.windows(id);
  const told = (): LeakageEvent => {
    const done = drawn.filter((window) => found.has(nameOf(window))).length;
    const leftMs = leftOf([...found.values()], drawn.length - done, estimateOf(deps, test, request));
    return { type: 'progress', done, total: drawn.length, leftMs };
  };
  let over = 0;
  yield told();
  for (const window of drawn) {
    if (found.has(nameOf(window))) continue;
    const began = deps.clock.now();
    const compared = await compare(deps, test, window, request.seed, signal);
    const isOver = compared === 'over budget';
    const kept = { compared: typeof compared === 'string' ? null : compared, ms: deps.clock.now() - began };
    if (isOver) over++;
    else deps.leakage.keep(id, nameOf(window), kept);
    found.set(nameOf(window), kept);
    yield told();
  }
  const compared = drawn.flatMap((window) => found.get(nameOf(window))?.compared ?? []);
  const left = leftOutText(drawn.length - compared.length, over);
  if (compared.length === 0) {
    throw new BrainnetError('INVALID_INPUT', {
      problem: `none of the ${drawn.length} windows can be decided${left && `: ${left}`}`,
    });
  }
  const figures = measure(judge.who, compared);
  const result: LeakageResult = {
    ...{ at: new Date(deps.clock.now()).toISOString(), judge: judge.name, model: test.network.modelHash },
    ...(judge.language && { language: judge.language }),
    seed: request.seed,
    ...figures,
    ...(left && { sentence: `${figures.sentence} Left out: ${left}.` }),
  };
  deps.leakage.finish(id, result);
  yield { type: 'result', result };
}

/** What a test would take; decides nothing, and loads no language model: of one that is not loaded no earlier part is known. @throws as planning a replay */
export async function estimateLeakage(deps: LeakageDeps, request: LeakageRequest): Promise<LeakageEstimate> {
  const { signal } = new AbortController();
  if (request.judge === 'language' && deps.language.host.state().status !== 'ready') {
    const plan = await planReplay(deps, request, await deps.convnext(), signal);
    const seconds = estimateOf(deps, { plan }, request);
    const windows = drawWindows(plan, request).length;
    const who = 'the language model';
    return { judge: request.judge, who, windows, done: 0, seconds: seconds === null ? null : windows * seconds };
  }
  const test = await prepare(deps, request, signal);
  const found = deps.leakage.windows(test.id);
  const left = test.drawn.filter((window) => !found.has(nameOf(window))).length;
  const leftMs = leftOf([...found.values()], left, estimateOf(deps, test, request));
  return {
    judge: request.judge,
    who: test.judge.who,
    windows: test.drawn.length,
    done: test.drawn.length - left,
    seconds: leftMs === null ? null : leftMs / 1000,
  };
}

async function prepare(deps: LeakageDeps, request: LeakageRequest, signal: AbortSignal): Promise<Test> {
  const network = await deps.convnext();
  const { judge: name, windows, seed } = request;
  const plan = await planReplay(deps, request, network, signal);
  const judge = await judgeUnderTest(deps, name, { network, settings: plan.settings });
  const id = sha256(canonicalJson({ plan: plan.id, windows, seed, judge: name, basis: judge.basis })).slice(0, 16);
  return { id, plan, network, judge, drawn: drawWindows(plan, request) };
}

const nameOf = ({ planned, asOf }: Drawn): string => `${planned.key} ${asOf}`;

/** Seconds of one window before any has been decided; null where no rate is known. */
const estimateOf = (
  { language }: LeakageDeps,
  { plan }: Pick<Test, 'plan'>,
  { judge }: LeakageRequest,
): number | null => secondsOf(judge, 1 + plan.settings.maxRefinements, language.host.state());

/** Why, where a window is left out. @throws CANCELLED, and what judge and market throw */
async function compare(
  deps: LeakageDeps,
  { plan, judge }: Test,
  { planned, asOf }: Drawn,
  seed: number,
  signal: AbortSignal,
): Promise<Compared | 'refused' | 'over budget'> {
  const series = await deps.market.series(planned.ref, new Date(asOf).toISOString());
  const random = seeded(seed + asOf / 1000);
  const outcome = await outcomeAt(deps, plan, planned, series);
  const judged = async (shown: Series, variant: Parameters<TestedJudge['judge']>[1]) => {
    if (signal.aborted) throw new BrainnetError('CANCELLED');
    const said = await judge.judge(shown, variant, planned.ref.symbol, signal);
    return { ...said, won: outcome[said.side] };
  };
  try {
    const shown = await judged(series, 'shown');
    const others = [];
    for (const name of LEAKAGE_VARIANTS) others.push([name, await judged(variantOf(series, name, random), name)]);
    return { shown, ...Object.fromEntries(others) } as Compared;
  } catch (error) {
    const why = leftOutFor(error);
    if (why === null) throw error;
    return why;
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

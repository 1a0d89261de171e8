import { setImmediate as nextTurn } from 'node:timers/promises';
import { channelCapacity } from '../decision/index.ts';
import type { Market, Series } from '../market/index.ts';
import { type AnalyzeSettings, planCoarser, planRoundOne } from '../orchestrator/index.ts';
import { type HeadedConvnext, networkFor, networkInput, type PriceWindow, takeWindow } from '../vision/index.ts';
import type { Planned, TimeStep } from './plan.ts';

export interface AheadDeps {
  market: Pick<Market, 'series'>;
  network: HeadedConvnext;
  settings: AnalyzeSettings;
}

/** Windows that are made ready together, at least. */
const CHUNK = 64;

/** Runs of time steps with some 64 windows each. */
export function chunksOf(steps: readonly TimeStep[]): TimeStep[][] {
  const chunks: TimeStep[][] = [];
  let windows = CHUNK;
  for (const step of steps) {
    if (windows >= CHUNK) {
      chunks.push([]);
      windows = 0;
    }
    chunks.at(-1)!.push(step);
    windows += step.instruments.length;
  }
  return chunks;
}

/**
 * Lets the network read what the analyses of these steps will ask for: every window, and where one look leaves doubt those of
 * refinement too. Only a help: what is missing is read when it is asked for, with the same answer.
 */
export async function readStepsAhead(
  deps: AheadDeps,
  steps: readonly TimeStep[],
  parallel: number,
  signal: AbortSignal,
): Promise<void> {
  const { network, settings } = deps;
  const wanted = steps.flatMap(({ asOf, instruments }) => instruments.map((planned) => ({ asOf, planned })));
  const seen: { series: Series; window: PriceWindow }[] = [];
  for (let from = 0; from < wanted.length && !signal.aborted; from += parallel) {
    const group = wanted.slice(from, from + parallel);
    seen.push(...(await Promise.all(group.map(({ planned, asOf }) => windowAt(deps, planned, asOf)))).flat());
    await nextTurn();
  }
  await network.readAhead(
    seen.map(({ window }) => toRead(window)),
    signal,
  );
  const more: PriceWindow[] = [];
  for (const { series, window } of seen) {
    if (signal.aborted) return;
    if (settings.maxRefinements > 0 && (await isDoubtful(deps, series, window)))
      more.push(...refiningWindows(series, settings));
    await nextTurn();
  }
  await network.readAhead(more.map(toRead), signal);
}

const toRead = (window: PriceWindow) => ({ x: networkInput(window.close), hash: window.hash });

/** Nothing where the bars do not make a window; the analysis will say why. */
async function windowAt({ market, settings }: AheadDeps, { ref }: Planned, asOf: number) {
  const series = await market.series(ref, new Date(asOf).toISOString()).catch(() => null);
  const window = series && takeWindow(series, { bars: settings.windowBars });
  return series && window ? [{ series, window }] : [];
}

async function isDoubtful({ network, settings }: AheadDeps, series: Series, window: PriceWindow): Promise<boolean> {
  const { x, hash } = toRead(window);
  const { reading } = await networkFor(network, series).predict(x, hash);
  return channelCapacity(1 - Math.max(...Object.values(reading.regime))) < settings.threshold;
}

function refiningWindows(series: Series, { windowBars, horizonBars, maxRefinements }: AnalyzeSettings): PriceWindow[] {
  const first = planRoundOne(series, windowBars, horizonBars).plans;
  const third = maxRefinements >= 3 ? planCoarser(series, windowBars).plans : [];
  return [...first, ...third].map(({ window }) => window);
}

import type { HeadSaliency, SaliencyPair } from '../../../shared/domain/index.ts';
import { figure, probability as probabilityText, words } from '../../format/index.ts';

/** Height of a pair's column as a share of the tallest, with the sign of its change. */
export function columnHeights(pairs: readonly SaliencyPair[]): number[] {
  const tallest = Math.max(...pairs.map(({ change }) => Math.abs(change)));
  return pairs.map(({ change }) => (tallest > 0 ? change / tallest : 0));
}

/** Whether a pair is among the bars that moved the reading most. */
export const isMarked = ({ without }: Pick<HeadSaliency, 'without'>, pair: SaliencyPair) =>
  without.bars.includes(pair.from);

/** Runs of neighbouring bars, as [first, last]. */
export function runsOf(bars: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const bar of bars) {
    const last = runs.at(-1);
    if (last && last[1] === bar - 1) last[1] = bar;
    else runs.push([bar, bar]);
  }
  return runs;
}

/** "trending falls by 0.12, to 0.81": what the top class does without a pair. */
export function changeText({ topClass, probability }: HeadSaliency, { change }: SaliencyPair): string {
  const name = words(topClass);
  if (Math.abs(change) < 0.005) return `${name} stays at ${probabilityText(probability)}`;
  const way = change > 0 ? 'falls' : 'rises';
  return `${name} ${way} by ${figure(Math.abs(change))}, to ${probabilityText(probability - change)}`;
}

/** A share of the window's width, in percent, at which bar `i` of `bars` begins. */
export const startOf = (i: number, bars: number) => (i / bars) * 100;

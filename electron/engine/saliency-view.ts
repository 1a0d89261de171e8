import type { HeadSaliency, SaliencyView } from '../../shared/domain/index.ts';
import { probabilityText } from '../../shared/domain/index.ts';
import { BrainnetError } from '../../shared/errors.ts';
import type { Market } from './market/index.ts';
import { type WindowRequest, windowOf } from './views.ts';
import { type HeadedConvnext, networkFor, type SaliencyOf } from './vision/index.ts';

/** Which bars moved the network's reading of the last window; nothing is stored. @throws CANCELLED and as `readingView` */
export async function saliencyView(
  market: Market,
  network: () => Promise<HeadedConvnext>,
  saliencyOf: SaliencyOf,
  request: WindowRequest,
  signal?: AbortSignal,
): Promise<SaliencyView> {
  const { series, window } = await windowOf(market, request);
  const convnext = networkFor(await network(), series);
  const { symbol, source, interval } = series;
  const reads = convnext.info.windowBars;
  const readable = window.bars === reads;
  const heads = readable ? await saliencyOf(convnext, window, signal) : [];
  const time = Array.from(window.time);
  const label = labels(time, !DAYS.has(interval));
  return {
    ...{ symbol, source, interval, time },
    asOf: new Date(series.asOf).toISOString(),
    windowHash: window.hash,
    modelHash: convnext.modelHash,
    tuned: convnext.heads ?? null,
    heads: heads.map((head) => ({ ...head, sentence: sentenceOf(head, label) })),
    reason: readable ? null : new BrainnetError('WINDOW_NOT_READ', { reads, bars: window.bars }).message,
  };
}

const DAYS: ReadonlySet<string> = new Set(['1d', '1wk', '1mo']);

/** Names of bars: a date, below a day also the UTC minute. */
function labels(time: readonly number[], intraday: boolean): (bar: number) => string {
  return (bar) => {
    const iso = new Date(time[bar]!).toISOString();
    return intraday ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}` : iso.slice(0, 10);
  };
}

/** "the bars of 2012-03-12 to 2012-03-15 and 2012-04-02 to 2012-04-03" */
function spans(bars: readonly number[], label: (bar: number) => string): string {
  const runs: [number, number][] = [];
  for (const bar of bars) {
    const last = runs.at(-1);
    if (last && last[1] === bar - 1) last[1] = bar;
    else runs.push([bar, bar]);
  }
  const named = runs.map(([from, to]) => (from === to ? label(from) : `${label(from)} to ${label(to)}`));
  const last = named.pop()!;
  return named.length > 0 ? `${named.join(', ')} and ${last}` : last;
}

const counted = (bars: number) => (bars === 1 ? 'the bar' : `the ${bars} bars`);
const words = (name: string) => name.replaceAll('_', ' ');

/** Less than half a hundredth apart, or the same figure to a reader. */
const isUnmoved = (before: number, after: number) =>
  Math.abs(before - after) < 0.005 || probabilityText(before) === probabilityText(after);

/** What a person is told: what the network would say without the most salient tenth of the bars. */
export function sentenceOf(
  { topClass, probability, without }: Omit<HeadSaliency, 'pairs'>,
  label: (bar: number) => string,
): string {
  const was = `${words(topClass)} at ${probabilityText(probability)}`;
  if (without.bars.length === 0)
    return `No pair of bars holds this reading up: without any of them it is ${was} or more.`;
  const gone = `${counted(without.bars.length)} of ${spans(without.bars, label)}`;
  if (without.topClass === topClass && isUnmoved(probability, without.kept))
    return `No bars moved this reading: even without ${gone} the network would say ${was}.`;
  const start = `Without ${gone} the network would`;
  if (without.topClass === topClass)
    return `${start} still say ${words(topClass)}, at ${probabilityText(without.kept)} instead of ${probabilityText(probability)}.`;
  return `${start} say ${words(without.topClass)} at ${probabilityText(without.probability)} instead of ${was}; ${words(topClass)} would fall to ${probabilityText(without.kept)}.`;
}

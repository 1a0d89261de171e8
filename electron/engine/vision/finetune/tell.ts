import type { FinetuneResult, FittedSeries, HeadResult, Interval } from '../../../../shared/domain/index.ts';
import type { Estimate } from './block-bootstrap.ts';
import type { TrainedHead } from './train-heads.ts';

const nats = (value: number): string => (Math.abs(value) < 0.0005 ? '0.000' : value.toFixed(3));
const span = ({ value, low, high }: Estimate): string => `${nats(value)} [${nats(low)}, ${nats(high)}] nats`;

/** How a new head did, without its weights. */
export function resultOf({ head, better, gain, overShares, fresh, old, shares }: TrainedHead): HeadResult {
  const measured = { head, better, gain, overShares, fresh, old, shares };
  return { ...measured, sentence: sentenceOf(measured) };
}

function sentenceOf({ head, better, gain, overShares }: Omit<HeadResult, 'sentence'>): string {
  if (better) return `The new ${head} head beats the old one by ${span(gain)} a window.`;
  if (gain.low <= 0) return `Kept the old ${head} head: gain ${span(gain)}.`;
  return `Kept the old ${head} head: the new one gains ${span(gain)} on it, but only ${span(overShares)} on naming the class shares, so it knows no more than they do.`;
}

/** What became of a run, in one sentence. */
export function outcomeSentence(
  heads: readonly HeadResult[],
  version: FinetuneResult['version'],
  dryRun: boolean,
  series: readonly Pick<FittedSeries, 'symbol' | 'source'>[],
  interval: Interval,
): string {
  const better = heads.filter((each) => each.better).map(({ head }) => head);
  if (better.length === 0) {
    const gains = heads.map(({ head, gain }) => `${head} ${span(gain)}`).join('; ');
    return `Kept the old heads: gain ${gains}.`;
  }
  const names = `${listed(better)} ${better.length === 1 ? 'head' : 'heads'}`;
  const symbols = series.length > 6 ? `${series.length} symbols` : listed(series.map(({ symbol }) => symbol));
  const where = `${symbols} ${interval} (${listed([...new Set(series.map(({ source }) => source))])})`;
  if (dryRun) return `Dry run: the new ${names} would be kept; nothing was stored.`;
  const rest = better.length < heads.length ? '; the others stay as they were' : '';
  return `The new ${names} ${better.length === 1 ? 'is' : 'are'} in force as ${version} for ${where} and nothing else${rest}.`;
}

const listed = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' and $1');

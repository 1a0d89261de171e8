import { INTERVALS, type Instrument, type Interval, type Source } from '../../shared/domain/index.ts';

/** Daily before the others, as the engine takes them where none is named. */
const ORDER: readonly Interval[] = ['1d', ...INTERVALS.filter((interval) => interval !== '1d')];
const LIVE: readonly Source[] = ['yahoo', 'stooq'];

interface Ref {
  symbol: string;
  source: Source;
}

export const isLive = (source: Source) => LIVE.includes(source);

/** The interval that the engine means for a symbol of a source where none is named. */
export function ownInterval(instruments: readonly Instrument[] | undefined, { symbol, source }: Ref): Interval {
  if (isLive(source)) return '1d';
  const there = (instruments ?? []).filter((one) => one.symbol === symbol && one.source === source);
  return ORDER.find((interval) => there.some((one) => one.interval === interval)) ?? '1d';
}

import { type Claim, lying } from '../remote/checks.ts';
import type { RemoteBars, RemoteMeta } from '../remote/types.ts';
import { contradicts, type StoredBars } from '../store/index.ts';
import type { RawColumns } from '../types.ts';

/** Prices of one bar that differ by less are a correction like others. */
const SPLIT_ROUNDING = 0.02;

/**
 * Whether the source takes back what it told of kept bars, so that the whole history must be asked for again: single bars that moved by a
 * fifth and more, or a split it names now over bars that it had divided already. Past prices all moved alike, as before a split that is not
 * named yet, take nothing back: the kept ones are those of their day.
 */
export function takesBack({ raw, splits }: Pick<RemoteBars, 'raw' | 'splits'>, kept: RawColumns): boolean {
  const { scales, odd } = contradicts(kept, raw);
  return (
    odd ||
    splits.some(({ ratio }) => scales.some((scale) => scale !== 1 && Math.abs(scale / ratio - 1) <= SPLIT_ROUNDING))
  );
}

/** Bars that change their currency or zone are another series. @throws SOURCE_LYING */
export function checkMoney({ meta: kept }: StoredBars, { currency, timezone }: RemoteMeta, claim: Claim): void {
  if (currency !== kept.currency) throw lying(claim, `they are in ${currency} now and were in ${kept.currency}`);
  if (timezone !== kept.timezone) throw lying(claim, `their zone is ${timezone} now and was ${kept.timezone}`);
}

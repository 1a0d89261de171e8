import type { Notice } from '../../../../shared/domain/index.ts';
import { type Claim, lying, median } from '../remote/checks.ts';
import { commonRatios } from '../remote/overlap.ts';
import type { RemoteMeta } from '../remote/types.ts';
import type { StoredBars } from '../store/index.ts';
import type { RawColumns } from '../types.ts';

/** Median of new over kept closes beyond which the source has moved all its prices, and a single one beyond which it may have moved some. */
const ALL_MOVED = 1.01;
const ONE_MOVED = 1.2;

/**
 * Whether a source tells kept bars in another basis than before, as after a split it says nothing of, or says only in part. Joining such
 * bars to the kept ones would plant a jump that no market made, so the whole history must be asked for again.
 */
export function isRestated(fresh: RawColumns, kept: RawColumns): boolean {
  const ratios = commonRatios(fresh, kept);
  if (ratios.length === 0) return false;
  const size = (ratio: number) => Math.max(ratio, 1 / ratio);
  return size(median(ratios)) > ALL_MOVED || ratios.some((ratio) => size(ratio) > ONE_MOVED);
}

/** What is said of a history that was fetched again; `now` in UTC ms. */
export function restated(now: number): Notice {
  const when = new Date(now).toISOString().slice(0, 10);
  const sentence = `the source restated its past prices, so all bars were fetched again on ${when}`;
  return { rule: 'restated', effect: 'info', bars: 0, sentence };
}

/** Bars that change their currency or zone are another series. @throws SOURCE_LYING */
export function checkMoney({ meta: kept }: StoredBars, { currency, timezone }: RemoteMeta, claim: Claim): void {
  if (currency !== kept.currency) throw lying(claim, `they are in ${currency} now and were in ${kept.currency}`);
  if (timezone !== kept.timezone) throw lying(claim, `their zone is ${timezone} now and was ${kept.timezone}`);
}

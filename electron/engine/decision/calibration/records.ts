import type { Origin, Side } from '../../../../shared/domain/index.ts';
import { compareTexts, type HeldTrip } from '../../platform/index.ts';
import type { Rule } from '../lean.ts';

/** A settled decision as calibration sees it. Times in UTC ms. */
export interface SettledRecord extends HeldTrip {
  decisionId: string;
  source: string;
  origin: Origin;
  asOf: number;
  /** Starts of the bars of entry and exit. */
  entry: number;
  exit: number;
  side: Side;
  rule: Rule;
  /** Signal confidence C, in [0, 1]. */
  confidence: number;
  /** Whether either side won; a flat trip is no win. */
  won: Record<Side, boolean>;
}

/** Known by `asOf` (UTC ms), the earliest known first; ties in the order of their ids, so that the order of storing has no part in it. */
export function knownBy<R extends SettledRecord>(records: readonly R[], asOf: number): R[] {
  return records
    .filter(({ knownAt }) => knownAt <= asOf)
    .sort(
      (a, b) =>
        a.knownAt - b.knownAt ||
        a.asOf - b.asOf ||
        compareTexts(keyOf(a), keyOf(b)) ||
        compareTexts(a.decisionId, b.decisionId),
    );
}

const keyOf = ({ symbol, source }: Pick<SettledRecord, 'symbol' | 'source'>): string => `${source} ${symbol}`;

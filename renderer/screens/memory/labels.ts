import { type LiveRate, type MemoryKind, type PatternView, RATE_LEAST } from '../../../shared/domain/index.ts';
import { counted, REGIME_NAMES, share } from '../../format/index.ts';

export const KIND_NAMES: Record<MemoryKind, string> = {
  trade: 'Trade',
  pattern: 'Pattern',
  strategy: 'Strategy',
  regime: 'Regime',
  note: 'Note',
  feedback: 'Feedback',
};

/** A rate with its n and 95 % interval; below RATE_LEAST only the counts. */
export function rateText({ n, wins, rate, low, high }: LiveRate): string {
  if (rate === null) return 'nothing settled yet';
  if (n < RATE_LEAST) return `${wins} of ${n}, too few for a rate`;
  return `${share(rate)} (${wins} of ${n}, 95 % ${share(low)} to ${share(high)})`;
}

/** What a pattern names. */
export function namedBy({ symbol, interval, regime, side }: PatternView): string {
  return (
    [symbol, interval, regime && REGIME_NAMES[regime], side].filter(Boolean).join(', ') || 'only trades logged on it'
  );
}

export const memories = (count: number) => counted(count, 'memory', 'memories');

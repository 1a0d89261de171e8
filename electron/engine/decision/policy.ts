import {
  type Action,
  certaintyText,
  type HeldOutCard,
  type HoldReason,
  heldOutWords,
  type Novelty,
  percent,
  type Reading,
  type Regime,
  skillNote,
} from '../../../shared/domain/index.ts';

/** |trend_score| from which a trending window is traded, and |x| of the last close from which a mean-reverting one is. */
const TREND_CUT = 0.3;
const EXTREME_CUT = 0.6;
/** How far the probability of the opposite direction may exceed its base rate before it vetoes. */
const VETO_MARGIN = 0.1;

export interface PolicyInput {
  regime: Regime;
  /** `trend_score` of the main window, in [-1, 1]. */
  trendScore: number;
  /** Scaled last close of the main window, in [-1, 1]. */
  lastX: number;
  /** The direction head's reading of the main window. */
  direction: Reading['direction'];
  /** Share of each direction in what the network was trained on; null = the head speaks of another horizon and has no veto. */
  directionBaseRates: Reading['direction'] | null;
  /** Of the heads that read it: what their probabilities were worth on held-out windows. */
  card: HeldOutCard;
}

export interface Proposal {
  /** What the table says, before the veto and the gates. */
  proposed: Action;
  /** Why it is a hold all the same; empty = it stands. */
  reasons: HoldReason[];
}

/** The table of DEFINITIONS 6: which regime is traded, which way, and the direction head's veto. */
export function proposeAction(input: PolicyInput): Proposal {
  const proposed = tableAction(input);
  if (proposed === 'hold') return { proposed, reasons: [tableReason(input)] };
  const veto = directionVeto(proposed, input);
  return { proposed, reasons: veto ? [veto] : [] };
}

function tableAction({ regime, trendScore, lastX }: PolicyInput): Action {
  if (regime === 'trending') return trendScore >= TREND_CUT ? 'long' : trendScore <= -TREND_CUT ? 'short' : 'hold';
  if (regime === 'mean_reverting') return lastX <= -EXTREME_CUT ? 'long' : lastX >= EXTREME_CUT ? 'short' : 'hold';
  return 'hold';
}

function tableReason({ regime, trendScore, lastX }: PolicyInput): HoldReason {
  if (regime === 'trending') {
    const sentence = `Trending, but the trend score of ${trendScore.toFixed(2)} lies within ±${TREND_CUT}.`;
    return { code: 'weak_trend', sentence };
  }
  if (regime === 'mean_reverting') {
    const sentence = `Mean-reverting, but the last close at ${lastX.toFixed(2)} of its range (-1 low, 1 high) lies within ±${EXTREME_CUT}.`;
    return { code: 'mid_range', sentence };
  }
  return { code: 'regime_not_traded', sentence: `The regime ${regime} is not traded.` };
}

function directionVeto(action: 'long' | 'short', input: PolicyInput): HoldReason | null {
  const opposite = action === 'long' ? 'bearish' : 'bullish';
  const probability = input.direction[opposite];
  const base = input.directionBaseRates?.[opposite] ?? 1;
  if (probability <= base + VETO_MARGIN) return null;
  const note = skillNote(input.card, 'direction');
  const worth =
    note === 'no skill measured' ? '' : ` (${heldOutWords(input.card, 'direction', opposite, probability)})`;
  const sentence = `The direction head sees ${opposite} at ${percent(probability)}${worth}, more than 10 points above its base rate of ${percent(base)}${note ? `; direction: ${note}` : ''}.`;
  return { code: 'direction_veto', sentence };
}

/** No position rests on a window that is unlike what the network was trained on (DEFINITIONS 4, 6). */
export function noveltyGate(novelty: Novelty | undefined): HoldReason | null {
  if (!novelty?.flagged) return null;
  const sentence =
    'This picture is unlike anything the network was trained on (beyond the 99th percentile), so no position is taken.';
  return { code: 'novelty', sentence };
}

/** The gate after the last round: below the threshold the decision is a hold. */
export function confidenceGate(confidence: number, threshold: number): HoldReason | null {
  if (confidence >= threshold) return null;
  const sentence = `The signal confidence of ${certaintyText(confidence)} is below the threshold of ${threshold}.`;
  return { code: 'low_confidence', sentence };
}

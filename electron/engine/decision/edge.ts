import { type Edge, type EdgeGate, type PCorrect, percent } from '../../../shared/domain/index.ts';

/** Settled positions from which break-even is measured instead of assumed. */
const MEASURED_FROM = 50;
const KELLY_SHARE = 0.25;
const MOST_OF_EQUITY = 0.1;

/** Mean gross win and mean gross loss (both positive fractions) of n settled positions. */
export interface Payoff {
  n: number;
  avgWin: number;
  avgLoss: number;
}

/**
 * The edge of DEFINITIONS 6: the lower bound p of P(correct) against break-even = avgLoss / (avgWin + avgLoss) of settled positions
 * (0.5, and b = 1, until there are 50); suggested size = a quarter of Kelly's p - (1 - p) / b, within [0, 0.1].
 * @param proposed whether a position is proposed at all
 */
export function edgeOf(gate: EdgeGate, p: PCorrect, payoff: Payoff, proposed: boolean): Edge {
  const measured = payoff.n >= MEASURED_FROM && payoff.avgWin > 0 && payoff.avgLoss > 0;
  const breakEven = measured ? payoff.avgLoss / (payoff.avgWin + payoff.avgLoss) : 0.5;
  const common = { gate, breakEven, n: payoff.n };
  if (!proposed)
    return { ...common, exceeds: null, size: 0, sentence: 'No position is proposed, so there is no edge to weigh.' };
  if (p.state === 'uncalibrated')
    return {
      ...common,
      exceeds: null,
      size: 0,
      sentence: 'P(correct) is uncalibrated, so no edge is shown and no size suggested.',
    };
  const b = measured ? payoff.avgWin / payoff.avgLoss : 1;
  const exceeds = p.low > breakEven;
  const size = exceeds ? Math.min(MOST_OF_EQUITY, Math.max(0, KELLY_SHARE * (p.low - (1 - p.low) / b))) : 0;
  return { ...common, exceeds, size, sentence: sentenceOf(p.low, breakEven, exceeds, measured) };
}

function sentenceOf(low: number, breakEven: number, exceeds: boolean, measured: boolean): string {
  const need = `${percent(breakEven, 1)} needed to break even${measured ? '' : ' (assumed until 50 positions are settled)'}`;
  return exceeds
    ? `The lower bound of P(correct), ${percent(low, 1)}, exceeds the ${need}.`
    : `No edge is shown: the lower bound of P(correct), ${percent(low, 1)}, does not exceed the ${need}.`;
}

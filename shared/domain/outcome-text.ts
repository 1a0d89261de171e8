import type { Decision } from './decision.ts';
import type { Outcome, OutcomeState, SideOutcome, SideResult } from './outcome.ts';

/** The one word of an outcome; `held` is a hold that has settled. */
export type OutcomeWord = SideResult | 'held' | 'pending' | 'lost';

export function outcomeWord(state: OutcomeState): OutcomeWord {
  return state.state === 'settled' ? (state.outcome.result ?? 'held') : state.state;
}

/** A fraction as a signed percentage. */
export function signedPercent(fraction: number): string {
  const text = Math.abs(100 * fraction).toFixed(2);
  return `${text === '0.00' ? '' : fraction < 0 ? '\u2212' : '+'}${text} %`;
}

const WOULD: Record<SideResult, string> = {
  win: 'would have won',
  loss: 'would have lost',
  flat: 'would have been flat',
};

/** What either side of a settled hold would have brought. */
export const counterfactual = (side: string, { result, grossReturn }: SideOutcome): string =>
  `a ${side} ${WOULD[result]} (${signedPercent(grossReturn)})`;

const LATE =
  'It was decided late: when it was made, the session of its entry had closed, or bars on this machine were ahead of it or of the clock; so it is no forecast, counts in no live figure and steers no later decision.';

type Of = Pick<Decision, 'action' | 'horizonBars' | 'costFraction'>;

/** How it stands with the outcome of a decision, in a sentence. */
export function outcomeSentence(state: OutcomeState, decision: Of): string {
  if (state.state === 'settled')
    return `${settledSentence(state.outcome, decision)}${state.outcome.late ? ` ${LATE}` : ''}`;
  if (state.state === 'lost' && state.hole)
    return `Lost: there are no bars between ${state.hole.from} and ${state.hole.to}, within its horizon, so what became of it cannot be told.`;
  if (state.state === 'lost')
    return 'Lost: the bar of this decision is not in its series any more, so what became of it cannot be told.';
  return pendingSentence(state, decision);
}

function settledSentence(outcome: Outcome, { action, costFraction }: Of): string {
  const path = `entry ${day(outcome.entryTime)} at ${plain(outcome.entryPrice)}, exit ${day(outcome.exitTime)} at ${plain(outcome.exitPrice)}`;
  const cost = `cost ${(100 * costFraction).toFixed(2)} %`;
  if (action === 'hold')
    return `Held: ${counterfactual('long', outcome.long)}, ${counterfactual('short', outcome.short)}; ${path}, ${cost}.`;
  const result = { win: 'Win', loss: 'Loss', flat: 'Flat, which is not a win' }[outcome.result ?? 'flat'];
  return `${result}: ${signedPercent(outcome[action].grossReturn)} gross as a ${action}; ${path}, ${cost}.`;
}

function pendingSentence(
  { barsLeft, expected }: Extract<OutcomeState, { state: 'pending' }>,
  { horizonBars }: Of,
): string {
  if (barsLeft === 0) return 'Pending: all its bars are at hand, and it is settled at the next chance.';
  if (barsLeft === null) return `Pending: it settles when its ${horizonBars} bars have closed and are at hand.`;
  const bars = barsLeft === 1 ? 'bar has' : 'bars have';
  const when = expected ? `, about ${expected}` : '; its source has none after the ones at hand';
  return `Pending: ${barsLeft} ${bars} yet to close${when}.`;
}

const day = (iso: string): string => iso.slice(0, 10);
const plain = (price: number): string => String(Number(price.toPrecision(8)));

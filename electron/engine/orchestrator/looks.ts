import type { Interval, Look } from '../../../shared/domain/index.ts';
import { noticesBetween, type Series } from '../market/index.ts';
import {
  type Convnext,
  type HeadedConvnext,
  MAX_BAD_SHARE,
  networkFor,
  networkInput,
  type Prediction,
  type PriceWindow,
  takeWindow,
} from '../vision/index.ts';

/** A look with the network's verbatim answer beside it; null where it is not the network's own. */
export interface ReadLook {
  look: Look;
  logits: Prediction['logits'] | null;
}

/** A look that the network has just taken, with its 768-d feature. */
export interface FreshLook extends ReadLook {
  embedding: Float32Array;
}

/** Lets the network read one window. */
export async function readLook(convnext: Convnext, { kind, window, interval }: LookPlan): Promise<FreshLook> {
  const { reading, novelty, logits, embedding } = await convnext.predict(networkInput(window.close), window.hash);
  const look: Look = {
    kind,
    windowBars: window.bars,
    stepBars: window.stepBars,
    start: new Date(window.time[0]!).toISOString(),
    end: new Date(window.time.at(-1)!).toISOString(),
    windowHash: window.hash,
    ...{ reading, novelty },
    ...(convnext.heads && { heads: convnext.heads.id }),
    ...(interval && { interval }),
  };
  return { look, logits, embedding };
}

/** The network for a look: fine-tuned heads read bars in a row of an interval that they were validated on, the shipped heads all else. */
export function readerOf(
  network: HeadedConvnext,
  { symbol, source, interval }: Series,
  { window, ...plan }: LookPlan,
): Convnext {
  return window.stepBars > 1 ? network : networkFor(network, { symbol, source, interval: plan.interval ?? interval });
}

export interface LookPlan {
  kind: Look['kind'];
  window: PriceWindow;
  /** Where it is not that of the decision. */
  interval?: Interval;
}

export interface Refinement {
  plans: LookPlan[];
  /** Why a look could not be added, one sentence each. */
  missing: string[];
}

/**
 * Round 1 of DEFINITIONS 5: the window that ended `horizon` bars earlier, and the last 2n bars by every second close.
 * A look whose bars are too few, or of which more than 5 % had to be repaired, is left out with its reason.
 */
export function planRoundOne(series: Series, bars: number, horizon: number): Refinement {
  const last = series.close.length - 1;
  const candidates = [
    { kind: 'earlier' as const, window: takeWindow(series, { bars, endIndex: last - horizon }), needs: bars + horizon },
    { kind: 'every-second-close' as const, window: takeWindow(series, { bars, stepBars: 2 }), needs: 2 * bars - 1 },
  ];
  const plans: LookPlan[] = [];
  const missing: string[] = [];
  for (const { kind, window, needs } of candidates) {
    if (!window) missing.push(`The look "${kind}" needs ${needs} bars, and there are ${series.close.length}.`);
    else if (hasBadBars(series, window)) missing.push(badBars(kind));
    else plans.push({ kind, window });
  }
  return { plans, missing };
}

/** Whether more than 5 % of the bars that a look spans had to be repaired or dropped. */
export function hasBadBars(series: Series, window: PriceWindow): boolean {
  const { bad } = noticesBetween(series, window.time[0]!, window.time.at(-1)!);
  return bad / (window.bars * window.stepBars) > MAX_BAD_SHARE;
}

export const badBars = (kind: Look['kind']): string => `The look "${kind}" has more than 5 % bad bars.`;

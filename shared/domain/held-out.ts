import type { Look } from './decision.ts';
import type { HeadName, HeldOutBin, ModelInfo } from './model.ts';
import { percent } from './percent.ts';

/** Held-out windows below which a bin gives no figure. */
export const FEWEST_HELD_OUT = 30;
/** So it gives none where they tell no more than fewer independent windows than this, or lie in fewer blocks of time. */
export const FEWEST_INDEPENDENT = 10;

/** Whether a bin has windows enough to speak of: 30, worth 10 independent ones, and from 10 blocks of time where they share bars. */
export const isEnough = ({ n, designEffect = 1, blocks = FEWEST_INDEPENDENT }: HeldOutBin): boolean =>
  n >= FEWEST_HELD_OUT && n / designEffect >= FEWEST_INDEPENDENT && blocks >= FEWEST_INDEPENDENT;

/** What of a card tells how far readings could be trusted on held-out windows. */
export type HeldOutCard = Pick<ModelInfo, 'reliability' | 'heads'>;

/** Whether the head was measured to know more than how often each class occurs. */
export const isSkilled = (card: HeldOutCard, head: HeadName): boolean => skillNote(card, head) === null;

export type SkillNote = 'skill not proven' | 'no skill measured';

/** What stands beside the reading of a head whose skill was not shown; null where it was. */
export function skillNote(card: HeldOutCard, head: HeadName): SkillNote | null {
  const found = card.heads.find((one) => one.head === head);
  if (found?.skilled) return null;
  return found?.level === 'unproven' ? 'skill not proven' : 'no skill measured';
}

/** Whether hit rates stand beside a head's readings: not where it was measured to have no skill. */
export const hasHitRates = (card: HeldOutCard, head: HeadName): boolean =>
  skillNote(card, head) !== 'no skill measured' && card.reliability?.heads[head] !== undefined;

/** The bin of held-out windows that a class probability in [0, 1] falls into; null where the card has none. */
export function heldOutBin(card: HeldOutCard, head: HeadName, name: string, probability: number): HeldOutBin | null {
  const bins = card.reliability?.heads[head]?.[name] ?? [];
  return (
    bins.find(({ from, to }) => probability >= from && (probability < to || (to >= 1 && probability <= 1))) ?? null
  );
}

/** Looks that held-out figures were counted on: windows of bars in a row, of the interval itself. */
export const isMeasuredLook = ({ kind }: Pick<Look, 'kind'>): boolean => kind === 'window' || kind === 'earlier';

/** How often a class was right where the network gave it a probability in [from, to), over `n` held-out windows. */
export interface HeldOutRate {
  rate: number;
  low: number;
  high: number;
  n: number;
  from: number;
  to: number;
}

/** The rate of a bin with windows enough to speak of; null = no held-out figure. */
export function heldOutRate(card: HeldOutCard, head: HeadName, name: string, probability: number): HeldOutRate | null {
  const bin = heldOutBin(card, head, name, probability);
  if (!bin || !isEnough(bin) || bin.hitRate === null || bin.low === null || bin.high === null) return null;
  return { rate: bin.hitRate, low: bin.low, high: bin.high, n: bin.n, from: bin.from, to: bin.to };
}

/** The same in words, to stand beside a class probability: "right in 91 % of held-out windows of that confidence". */
export function heldOutWords(card: HeldOutCard, head: HeadName, name: string, probability: number): string {
  const found = hasHitRates(card, head) ? heldOutRate(card, head, name, probability) : null;
  return found ? `right in ${percent(found.rate)} of held-out windows of that confidence` : NO_HELD_OUT;
}

/** For a probability that stands in a bin with too few held-out windows, or of a kind that none were measured of. */
export const NO_HELD_OUT = 'no held-out figure';

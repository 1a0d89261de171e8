import type { HeadName, HeldOutBin, ModelInfo } from './model.ts';

/** Held-out windows below which a bin gives no figure. */
export const FEWEST_HELD_OUT = 30;

type Card = Pick<ModelInfo, 'reliability' | 'heads'>;

/** Whether the head was measured to know more than how often each class occurs. */
export const isSkilled = (card: Card, head: HeadName): boolean => skillNote(card, head) === null;

export type SkillNote = 'skill not proven' | 'no skill measured';

/** What stands beside the reading of a head whose skill was not shown; null where it was. */
export function skillNote(card: Card, head: HeadName): SkillNote | null {
  const found = card.heads.find((one) => one.head === head);
  if (found?.skilled) return null;
  return found?.level === 'unproven' ? 'skill not proven' : 'no skill measured';
}

/** Whether hit rates stand beside a head's readings: not where it was measured to have no skill. */
export const hasHitRates = (card: Card, head: HeadName): boolean =>
  skillNote(card, head) !== 'no skill measured' && card.reliability?.heads[head] !== undefined;

/** The bin of held-out windows that a class probability in [0, 1] falls into; null where the card has none. */
export function heldOutBin(card: Card, head: HeadName, name: string, probability: number): HeldOutBin | null {
  const bins = card.reliability?.heads[head]?.[name] ?? [];
  return (
    bins.find(({ from, to }) => probability >= from && (probability < to || (to >= 1 && probability <= 1))) ?? null
  );
}

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
export function heldOutRate(card: Card, head: HeadName, name: string, probability: number): HeldOutRate | null {
  const bin = heldOutBin(card, head, name, probability);
  if (!bin || bin.n < FEWEST_HELD_OUT || bin.hitRate === null || bin.low === null || bin.high === null) return null;
  return { rate: bin.hitRate, low: bin.low, high: bin.high, n: bin.n, from: bin.from, to: bin.to };
}

import type { Scorecard } from '../../../shared/domain/index.ts';

/** Settled decisions that the figures are made of. */
export const countedOf = ({ settled, inSample, late, overlapping }: Scorecard): number =>
  settled - inSample - late - overlapping;

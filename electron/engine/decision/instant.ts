import type { AsOf } from '../../../shared/domain/index.ts';

/** The end of a date anywhere between Auckland and Honolulu: 11 hours after its end in UTC, when no daily bar of the next date has ended. UTC ms. */
export function instantOf(asOf: AsOf): number {
  return asOf.includes('T') ? Date.parse(asOf) : Date.parse(`${asOf}T00:00:00Z`) + 35 * 3_600_000 - 1;
}

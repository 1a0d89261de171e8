/** Outcomes of one group, as many as they count for, and the rate that is expected of them. */
export interface GroupCount {
  wins: number;
  n: number;
  base: number;
}

/** The prior weighs at least as much as this many outcomes, and never more than this many. */
const LEAST = 20;
const MOST = 10_000;

/**
 * How many outcomes the base rate weighs as much as, by how far the groups' rates lie from it beyond what chance explains: the variance
 * between groups by the method of moments, and the Beta prior of that variance (empirical Bayes; Efron & Morris 1975). Groups
 * that differ by no more than chance are drawn to the base rate entirely.
 */
export function priorWeight(groups: readonly GroupCount[]): number {
  const used = groups.filter(({ n, base }) => n > 0 && base > 0 && base < 1);
  const n = sum(used, (group) => group.n);
  if (n === 0) return LEAST;
  const chance = sum(used, ({ base }) => base * (1 - base));
  const found = sum(used, (group) => group.n * (group.wins / group.n - group.base) ** 2);
  const between = (found - chance) / n;
  if (between <= 0) return MOST;
  return Math.min(MOST, Math.max(LEAST, chance / used.length / between - 1));
}

/** How much of an estimate stands against its error: nothing where it is no larger (positive part of James & Stein 1961, in one dimension). */
export const keptShare = (estimate: number, error: number): number =>
  estimate === 0 ? 0 : Math.max(0, 1 - (error / estimate) ** 2);

const sum = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((total, value) => total + of(value), 0);

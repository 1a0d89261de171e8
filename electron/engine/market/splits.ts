const SMALL_FRACTIONS = [
  ...[5 / 4, 4 / 3, 3 / 2, 5 / 3, 7 / 4, 5 / 2, 7 / 2],
  ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 25, 30, 40, 50, 60, 75, 80, 100],
];
/** The least fraction, 5/4, less the tolerance. */
const LEAST_JUMP = 1.22;
/** A dividend on the day of the split may move the factor this far off the fraction. */
const FRACTION_TOLERANCE = 0.02;
/** The market's own move on the day of the split. */
const PRICE_TOLERANCE = 0.2;

/**
 * New shares for each old one between two neighbouring bars; 1 where there was no split.
 * `factorRatio` is the jump of adjClose / close, `priceRatio` that of the raw close. A split is a jump within 2 % of a small
 * fraction of at least 5/4 (or its inverse) that the raw close answers the opposite way within 20 %; so a special dividend moves
 * no volume unless it takes a fifth of the price or more and happens to fall on such a fraction.
 */
export function splitRatio(factorRatio: number, priceRatio: number): number {
  const grows = factorRatio > 1;
  const size = grows ? factorRatio : 1 / factorRatio;
  if (size < LEAST_JUMP) return 1;
  const fraction = SMALL_FRACTIONS.find((value) => Math.abs(size / value - 1) <= FRACTION_TOLERANCE);
  if (fraction === undefined || Math.abs(priceRatio * factorRatio - 1) > PRICE_TOLERANCE) return 1;
  return grows ? fraction : 1 / fraction;
}

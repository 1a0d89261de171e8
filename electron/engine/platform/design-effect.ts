/**
 * How much less n outcomes tell than n independent ones, because those of one time share their market: the variance of the sum of
 * residuals summed by block of time, over their sum of squares (Kish 1965, 8.2), at least 1.
 * @param residuals outcome (0 or 1) minus its forecast
 * @param blocks the block of each, any number
 */
export function designEffect(residuals: readonly number[], blocks: readonly number[]): number {
  const sums = new Map<number, number>();
  let alone = 0;
  residuals.forEach((residual, i) => {
    sums.set(blocks[i]!, (sums.get(blocks[i]!) ?? 0) + residual);
    alone += residual ** 2;
  });
  if (alone === 0) return 1;
  let together = 0;
  for (const sum of sums.values()) together += sum ** 2;
  return Math.max(1, together / alone);
}

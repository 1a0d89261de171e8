/** Log-odds of a probability in (0, 1). */
export const logit = (p: number): number => Math.log(p / (1 - p));

/** Probability of log-odds. */
export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** One forecast to be corrected: its log-odds so far, how far its confidence lies from the usual one, and whether it won. */
export interface SlopePoint {
  offset: number;
  z: number;
  won: boolean;
}

/**
 * The slope b of logit P = offset + b z that is most probable under b ~ N(0, priorSd^2), and its standard deviation by the
 * curvature there (Platt 1999 with a Gaussian prior; Laplace's approximation). Newton's steps on a concave function.
 * @param weight what one outcome counts, in (0, 1]: 1 / design effect
 */
export function fitSlope(
  points: readonly SlopePoint[],
  priorSd: number,
  weight: number,
): { slope: number; sd: number } {
  let slope = 0;
  let curvature = 1 / priorSd ** 2;
  for (let step = 0; step < 50; step++) {
    let gradient = -slope / priorSd ** 2;
    curvature = 1 / priorSd ** 2;
    for (const { offset, z, won } of points) {
      const p = sigmoid(offset + slope * z);
      gradient += weight * z * ((won ? 1 : 0) - p);
      curvature += weight * z * z * p * (1 - p);
    }
    const move = gradient / curvature;
    slope += move;
    if (Math.abs(move) < 1e-10) break;
  }
  return { slope, sd: 1 / Math.sqrt(curvature) };
}

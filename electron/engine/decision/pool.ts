import { REGIMES, type Reading, type Regime } from '../../../shared/domain/index.ts';

type RegimeProbabilities = Reading['regime'];

/** Smallest probability that enters a logarithm, so that one look cannot veto a class for ever. */
const FLOOR = 1e-12;

/** Logarithmic pool with equal weights: the normalised geometric mean of each class (Genest & Zidek 1986; DEFINITIONS 5). */
export function poolRegimes(looks: readonly RegimeProbabilities[]): RegimeProbabilities {
  if (looks.length === 1) return { ...looks[0]! };
  const logs = REGIMES.map((regime) => {
    return looks.reduce((sum, look) => sum + Math.log(Math.max(FLOOR, look[regime])), 0) / looks.length;
  });
  const top = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(REGIMES.map((regime, i) => [regime, weights[i]! / total])) as RegimeProbabilities;
}

/** The most probable regime; the first of equals in the order of REGIMES. */
export function topRegime(probabilities: RegimeProbabilities): Regime {
  return REGIMES.reduce((best, regime) => (probabilities[regime] > probabilities[best] ? regime : best));
}

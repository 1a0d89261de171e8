import type {
  Action,
  HeldOutCard,
  HoldReason,
  Look,
  Reading,
  Regime,
  SignalConfidence,
} from '../../../shared/domain/index.ts';
import { numericConfidence, poolRegimes, proposeAction, topRegime } from '../decision/index.ts';

export interface NumericInput {
  /** All looks so far; the first is the window itself. Flagged ones are not pooled, see `pooledLooks`. */
  looks: readonly Look[];
  trendScore: number;
  lastX: number;
  /** Null where the direction head speaks of another horizon. */
  directionBaseRates: Reading['direction'] | null;
  /** Of the heads that read the window. */
  card: HeldOutCard;
}

export interface NumericOpinion {
  pooledRegime: Reading['regime'];
  regime: Regime;
  confidence: SignalConfidence;
  /** Before the veto and the gates. */
  proposed: Action;
  reasons: HoldReason[];
}

/** The looks that count: the window itself, and of the others those that are like what the network was trained on. */
export const pooledLooks = (looks: readonly Look[]): Look[] =>
  looks.filter((look, i) => i === 0 || !look.novelty?.flagged);

/** The judge without a language model: pools the looks' regimes, and reads the action off the table of DEFINITIONS 6. */
export function judgeNumerically({ looks, trendScore, lastX, directionBaseRates, card }: NumericInput): NumericOpinion {
  const pooled = pooledLooks(looks);
  const regimes = pooled.map((look) => look.reading.regime);
  const pooledRegime = poolRegimes(regimes);
  const regime = topRegime(pooledRegime);
  const confidence = numericConfidence(
    pooledRegime[regime],
    regimes.map((probabilities) => probabilities[regime]),
  );
  const direction = looks[0]!.reading.direction;
  const proposal = proposeAction({ regime, trendScore, lastX, direction, directionBaseRates, card });
  return { pooledRegime, regime, confidence, ...proposal };
}

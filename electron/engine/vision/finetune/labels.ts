import { REGIMES, VOLATILITIES } from '../../../../shared/domain/index.ts';

/** Mean and standard deviation of a statistic over windows of a Gaussian random walk. */
export type Moments = readonly [mean: number, deviation: number];

/** The constants of the card's labels. */
export interface LabelSpec {
  windowBars: number;
  horizonBars: number;
  /** |z| of the move ahead from which it is bullish or bearish. */
  directionCut: number;
  /** Bounds of RMS return ahead over RMS return of the window: calm | normal | elevated | explosive. */
  volatilityCuts: readonly number[];
  nullMoments: { trend: Moments; dickeyFuller: Moments; lateMoves: Moments };
}

/** Class indices in the order of the card. */
export interface Labels {
  regime: number;
  direction: number;
  volatility: number;
}

export interface WindowStatistics {
  /** |sum of returns| over RMS return and the root of their count. */
  trend: number;
  /** t statistic of the returns regressed on the level before them (Dickey-Fuller with a constant). */
  dickeyFuller: number;
  /** Logarithm of the mean |return| of the last quarter over that of the rest. */
  lateMoves: number;
}

const [BULLISH, BEARISH, NEUTRAL] = [0, 1, 2];
/** Keep divisions finite on a window without moves; as models/training/dataset.py has them. */
const TINY = { rms: 1e-12, level: 1e-18, error: 1e-24 };

/**
 * Labels of one window (models/model-card.json "labels", models/training/dataset.py `labels`).
 * @param closes positive closes, the window's `windowBars` and then the `horizonBars` after it
 */
export function labelsOf(closes: Float64Array, spec: LabelSpec): Labels {
  const { windowBars, horizonBars, directionCut, volatilityCuts } = spec;
  const logs = closes.map(Math.log);
  const window = returns(logs.subarray(0, windowBars));
  const ahead = returns(logs.subarray(windowBars - 1, windowBars + horizonBars));
  const unit = rms(window) + TINY.rms;
  const move = sum(ahead) / (unit * Math.sqrt(horizonBars));
  const ratio = rms(ahead) / unit;
  return {
    regime: regimeOf(windowStatistics(logs.subarray(0, windowBars)), spec.nullMoments),
    direction: move > directionCut ? BULLISH : move < -directionCut ? BEARISH : NEUTRAL,
    volatility: Math.min(volatilityCuts.filter((cut) => cut <= ratio).length, VOLATILITIES.length - 1),
  };
}

/** The three statistics of a window's log closes that the regime is read off (dataset.py `window_stats`). */
export function windowStatistics(logs: Float64Array): WindowStatistics {
  const moves = returns(logs);
  const count = moves.length;
  const late = Math.floor((count + 1) / 4);
  const meanSize = (part: Float64Array) => part.reduce((total, move) => total + Math.abs(move), 0) / part.length;
  return {
    trend: Math.abs(sum(moves)) / ((rms(moves) + TINY.rms) * Math.sqrt(count)),
    dickeyFuller: dickeyFullerT(logs.subarray(0, count), moves),
    lateMoves: Math.log(
      (meanSize(moves.subarray(count - late)) + TINY.rms) / (meanSize(moves.subarray(0, count - late)) + TINY.rms),
    ),
  };
}

/** The largest of four z-scores against a random walk; the first of equals. */
function regimeOf(found: WindowStatistics, moments: LabelSpec['nullMoments']): number {
  const z = (value: number, [mean, deviation]: Moments) => (value - mean) / deviation;
  const late = z(found.lateMoves, moments.lateMoves);
  const scores = [z(found.trend, moments.trend), -z(found.dickeyFuller, moments.dickeyFuller), late, -late];
  return scores.slice(0, REGIMES.length).indexOf(Math.max(...scores));
}

function dickeyFullerT(levels: Float64Array, moves: Float64Array): number {
  const count = moves.length;
  const x = centred(levels);
  const y = centred(moves);
  const xx = x.reduce((total, value) => total + value * value, TINY.level);
  const slope = x.reduce((total, value, i) => total + value * y[i]!, 0) / xx;
  const rest = y.reduce((total, value, i) => total + (value - slope * x[i]!) ** 2, 0);
  return slope / Math.sqrt(rest / (count - 2) / xx + TINY.error);
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const rms = (values: Float64Array): number =>
  Math.sqrt(values.reduce((t, value) => t + value * value, 0) / values.length);
const returns = (logs: Float64Array): Float64Array => logs.subarray(1).map((value, i) => value - logs[i]!);

function centred(values: Float64Array): Float64Array {
  const mean = sum(values) / values.length;
  return values.map((value) => value - mean);
}

import type {
  Action,
  HitRate,
  Regime,
  Scorecard,
  ScorecardQuery,
  ScoredModel,
  ScoreGroup,
} from '../../../../shared/domain/index.ts';
import { thinned } from '../../platform/index.ts';
import { knownBy, type SettledRecord } from '../calibration/records.ts';
import { type Forecasted, forecastScore, SCORED_FROM } from './forecast-score.ts';
import { wilson } from './rules.ts';

/** A settled decision as the scorecard sees it. */
export interface ScoredRecord extends SettledRecord {
  action: Action;
  regime: Regime;
  horizonBars: number;
  /** Hash of the network that read the window. */
  model: string;
  /** SHA-256 of the fine-tuned head that read the regime; '' = the shipped one. */
  regimeHead: string;
  /** P(correct) as it was given for `side`, and the base rate beside it; null = it was uncalibrated. */
  p: number | null;
  base: number | null;
  /** Gross return of the long side, a fraction. */
  longReturn: number;
  inSample: boolean;
  /** A live one that was made too late to be a forecast. */
  late: boolean;
  /** Of the years that only temperatures were fitted on. */
  tuning: boolean;
  /** What a language model said of it; `prompts` as canonical JSON. */
  language: { action: Action; name: string; sha256: string | null; prompts: string } | null;
}

export interface ScorecardInput {
  records: readonly ScoredRecord[];
  pending: number;
  query: Pick<ScorecardQuery, 'origin' | 'judge' | 'by'>;
  /** Outcomes known by then, UTC ms; Infinity = all. */
  asOf: number;
}

/**
 * Every figure of DEFINITIONS 7 over settled decisions. In-sample ones, overlapping trips and, of live decisions alone, late
 * ones are counted and left out; late ones among mixed decisions and those of the years of tuning count and are told.
 */
export function scorecard({ records, pending, query, asOf }: ScorecardInput): Scorecard {
  const known = knownBy(records, asOf);
  const outside = known.filter((record) => !record.inSample);
  const timely = query.origin === 'live' ? outside.filter((record) => !record.late) : outside;
  const used = thinned(timely);
  const taken = used.filter(({ action }) => action !== 'hold');
  const holds = used.length - taken.length;
  const forecast = forecastScore(forecastsOf(used));
  return {
    origin: query.origin,
    judge: query.judge,
    asOf: Number.isFinite(asOf) ? new Date(asOf).toISOString() : null,
    settled: known.length,
    pending,
    inSample: known.length - outside.length,
    late: outside.length - timely.length,
    lateCounted: used.filter(({ late }) => late).length,
    tuning: used.filter(({ tuning }) => tuning).length,
    overlapping: timely.length - used.length,
    holds,
    holdShare: used.length > 0 ? holds / used.length : null,
    taken: hitRateOf(taken),
    meanGrossReturn: taken.length < SCORED_FROM ? null : sum(taken, returnOf) / taken.length,
    alwaysLong: rateOf(used.length, used.filter(({ won }) => won.long).length),
    forecast,
    verdict: query.judge === 'language' ? OF_BOTH : verdictOf(forecast),
    groups: query.by.flatMap((by) => groupsOf(used, by)),
    models: modelsOf(used),
  };
}

const NAMES: Record<ScoreGroup['by'], (record: ScoredRecord) => string> = {
  action: ({ action }) => action,
  regime: ({ regime }) => regime,
  horizon: ({ horizonBars }) => `${horizonBars} bars`,
  model: ({ model, regimeHead }) => `${model.slice(0, 12)}${regimeHead && `, regime head ${regimeHead.slice(0, 8)}`}`,
  sample: ({ tuning }) => (tuning ? 'tuning' : 'out of sample'),
};

const OF_BOTH =
  "P(correct) is given for what both judges decide together. Here the language model's own positions are counted, as if it had decided alone.";

/** Language models in the order of their names; whether they were tested is known elsewhere. */
function modelsOf(records: readonly ScoredRecord[]): ScoredModel[] {
  const said = records.flatMap(({ language }) => language ?? []);
  const members = Map.groupBy(said, ({ name, sha256, prompts }) => `${name} ${sha256} ${prompts}`);
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [first, ...others]]) => ({
      name: first!.name,
      sha256: first!.sha256,
      prompts: JSON.parse(first!.prompts),
      decisions: 1 + others.length,
      leakage: null,
    }));
}

function groupsOf(records: readonly ScoredRecord[], by: ScoreGroup['by']): ScoreGroup[] {
  const members = Map.groupBy(records, NAMES[by]);
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, group]) => ({
      by,
      name,
      settled: group.length,
      taken: hitRateOf(group.filter(({ action }) => action !== 'hold')),
      forecast: forecastScore(forecastsOf(group)),
    }));
}

/** Blocks as long as the longest trip, so that trips of one time fall into one or two of them. */
function forecastsOf(records: readonly ScoredRecord[]): Forecasted[] {
  const length = records.reduce((most, { entry, exit }) => Math.max(most, exit - entry), 1);
  return records.flatMap(({ p, base, side, won, entry }) =>
    p === null || base === null ? [] : [{ p, base, won: won[side], block: Math.floor(entry / length) }],
  );
}

const hitRateOf = (taken: readonly ScoredRecord[]): HitRate | null =>
  rateOf(taken.length, taken.filter(({ side, won }) => won[side]).length);

function rateOf(n: number, hits: number): HitRate | null {
  if (n < SCORED_FROM) return null;
  const [low, high] = wilson(hits, n);
  return { n, hits, rate: hits / n, low, high };
}

const returnOf = ({ side, longReturn }: ScoredRecord): number => (side === 'long' ? longReturn : -longReturn);
const sum = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((total, v) => total + of(v), 0);

/** A skill of less than this comes of the order of sums alone. */
const ROUNDING = 1e-9;

function verdictOf(forecast: Scorecard['forecast']): string {
  if (!forecast) return 'Too few settled decisions to say whether P(correct) has skill: at least 10 are needed.';
  const { n, brierSkillInterval: interval } = forecast;
  if (!interval)
    return `P(correct) was given for ${n} settled decisions, in too few stretches of time to say whether it has skill.`;
  const [low, high] = interval;
  const said = percentages([forecast.brierSkill, low, high]);
  const figure = `Brier skill ${said[0]} %, 95 % interval ${said[1]} to ${said[2]} %, n = ${n}`;
  if (low > ROUNDING) return `P(correct) is better than the base rate (${figure}).`;
  if (high < -ROUNDING) return `P(correct) is worse than the base rate (${figure}).`;
  return `No skill over the base rate is shown (${figure}).`;
}

/** Fractions in percent, with no minus before a zero: with one decimal, or with two where all are within a tenth of a percent. */
function percentages(fractions: readonly number[]): string[] {
  const decimals = fractions.every((fraction) => Math.abs(fraction) < 0.001) ? 2 : 1;
  return fractions.map((fraction) => (100 * fraction).toFixed(decimals).replace(/^-(0\.0+)$/, '$1'));
}

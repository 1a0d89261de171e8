import { SIDES, type Side } from '../../../../shared/domain/index.ts';
import { canonicalJson, designEffect, sha256, thinned } from '../../platform/index.ts';
import { RULES, type Rule } from '../lean.ts';
import { fitSlope, logit } from './logit.ts';
import { knownBy, type SettledRecord } from './records.ts';
import { keptShare, priorWeight } from './shrinkage.ts';

/** Outcomes that the prior at the base rate weighs as much as. */
const PRIOR_OUTCOMES = 20;
/** From this many outcomes on the signal confidence is given a slope, with this prior deviation a standard deviation of C. */
const SLOPE_FROM = 200;
const SLOPE_PRIOR_SD = 0.25;
/** A version is fitted each time this many more outcomes are known. */
export const REFIT_EVERY = 20;

/** Beta posterior of one row of the table: wins and the rest, the prior included, shrunk by the design effect. */
export interface Group {
  wins: number;
  others: number;
  /** Outcomes counted, before shrinking. */
  n: number;
}

/** What P(correct) is read from; a plain value that is stored with a version, and hashed. */
export interface Calibration {
  /** `c-` and 16 digits of the SHA-256 over all the rest. */
  version: string;
  /** Outcomes used, after overlapping ones were left out, and how many of them came from replays. */
  n: number;
  replayed: number;
  /** When the last of them became known, UTC ms; 0 where there are none. */
  knownAt: number;
  /** How often each side wins by all of them, whatever was taken; in (0, 1). */
  base: Record<Side, number>;
  groups: Record<Side, Record<Rule, Group>>;
  designEffect: number;
  /** Mean and standard deviation of C, and the slope of log-odds over one deviation of it; null below 200 outcomes. */
  slope: { mean: number; sd: number; value: number; error: number } | null;
}

/**
 * Fits P(correct) on outcomes known by `asOf`: for each side and rule a Beta posterior shrunk to the side's base rate, which is one itself
 * under Jeffreys' prior, and from 200
 * outcomes on a slope over the signal confidence. Outcomes of one time count for less, as far as they won and lost together. The same
 * records give the same version in whatever order they come, and only every twentieth outcome brings a new one (DEFINITIONS 5).
 * @param asOf UTC ms
 */
export function fitCalibration(records: readonly SettledRecord[], asOf: number): Calibration {
  const known = thinned(knownBy(records, asOf));
  const used = known.slice(0, known.length - (known.length % REFIT_EVERY));
  const base = { long: baseOf(used, 'long'), short: baseOf(used, 'short') };
  const effect = designEffect(
    used.map((record) => won(record) - base[record.side]),
    blocksOf(used),
  );
  const groups = groupsOf(used, base, effect);
  const content = {
    n: used.length,
    replayed: used.filter(({ origin }) => origin === 'replay').length,
    knownAt: used.at(-1)?.knownAt ?? 0,
    base,
    groups,
    designEffect: effect,
    slope: used.length < SLOPE_FROM ? null : slopeOf(used, groups, effect),
  };
  return { version: `c-${sha256(canonicalJson(content)).slice(0, 16)}`, ...content };
}

const won = (record: SettledRecord): number => (record.won[record.side] ? 1 : 0);

/** Mean of the Beta posterior under Jeffreys' prior, so that no record is a certainty: half where nothing is known. */
function baseOf(records: readonly SettledRecord[], side: Side): number {
  return (records.filter((record) => record.won[side]).length + 0.5) / (records.length + 1);
}

/** Blocks of time as long as the middle trip. */
function blocksOf(records: readonly SettledRecord[]): number[] {
  const lengths = records.map(({ asOf, knownAt }) => knownAt - asOf).sort((a, b) => a - b);
  const length = Math.max(1, lengths[lengths.length >> 1] ?? 1);
  return records.map(({ asOf }) => Math.floor(asOf / length));
}

function groupsOf(
  records: readonly SettledRecord[],
  base: Record<Side, number>,
  effect: number,
): Calibration['groups'] {
  const counts = byName(SIDES, (side) => byName(RULES, (rule) => countOf(records, side, rule)));
  const weight = priorWeight(
    SIDES.flatMap((side) =>
      RULES.map((rule) => {
        const { wins, n } = counts[side][rule];
        return { wins: wins / effect, n: n / effect, base: base[side] };
      }),
    ),
  );
  const group = (side: Side, rule: Rule): Group => {
    const { wins, n } = counts[side][rule];
    const rate = (weight * base[side] + wins / effect) / (weight + n / effect);
    const known = PRIOR_OUTCOMES + n / effect;
    return { wins: rate * known, others: (1 - rate) * known, n };
  };
  return byName(SIDES, (side) => byName(RULES, (rule) => group(side, rule)));
}

/** Jeffreys' prior is shared among all outcomes: a group that wins like all of them has the base rate. */
function countOf(records: readonly SettledRecord[], side: Side, rule: Rule): { wins: number; n: number } {
  const members = records.filter((record) => record.side === side && record.rule === rule);
  const [all, n] = [records.length, members.length];
  const wins = members.reduce((sum, record) => sum + won(record), 0);
  return { wins: (all * wins + n / 2) / (all + 1), n };
}

function slopeOf(
  records: readonly SettledRecord[],
  groups: Calibration['groups'],
  effect: number,
): Calibration['slope'] {
  const mean = records.reduce((sum, { confidence }) => sum + confidence, 0) / records.length;
  const variance = records.reduce((sum, { confidence }) => sum + (confidence - mean) ** 2, 0) / records.length;
  const sd = Math.sqrt(variance);
  if (sd < 1e-9) return null;
  const points = records.map((record) => {
    const { wins, others } = groups[record.side][record.rule];
    return { offset: logit(wins / (wins + others)), z: (record.confidence - mean) / sd, won: won(record) === 1 };
  });
  const { slope, sd: error } = fitSlope(points, SLOPE_PRIOR_SD, 1 / effect);
  return { mean, sd, value: slope * keptShare(slope, error) + 0, error };
}

function byName<const N extends readonly string[], T>(names: N, make: (name: N[number]) => T): Record<N[number], T> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<N[number], T>;
}

import {
  type HitRate,
  lateSentence,
  leakageBadge,
  percent,
  type Scorecard,
  type ScoreGroup,
  signedPercent,
} from '../../../shared/domain/index.ts';
import { table } from './table.ts';

const TOO_FEW = 'N/A (n < 10)';
const ORIGINS: Record<Scorecard['origin'], string> = {
  live: 'Live decisions, replays left out',
  replay: 'Replayed decisions alone',
  both: 'Live and replayed decisions, mixed',
};

const JUDGES: Record<Scorecard['judge'], string> = {
  numeric: 'The numeric judge.',
  language: 'The language model alone.',
  combined: 'Both judges together.',
};

/** A scorecard for a person. */
export function scorecardText(card: Scorecard): string {
  const { settled, pending, inSample, late, overlapping, holds, holdShare, taken, meanGrossReturn, alwaysLong } = card;
  const when = card.asOf ? `, as of ${card.asOf}` : '';
  const counted = settled - inSample - late - overlapping;
  return [
    card.verdict,
    ...card.models.map(leakageBadge),
    `${JUDGES[card.judge]} ${ORIGINS[card.origin]}${when}: ${settled} settled, ${pending} pending; left out: ${inSample} in sample, ${late} decided late, ${overlapping} overlapping.`,
    `Counted: ${counted}, of which ${holds} hold${holdShare === null ? '' : ` (${percent(holdShare, 1)})`}.${tuningText(card)}${lateText(card)}`,
    lateSentence(card, WAYS) ?? [],
    `Positions taken: ${hitRate(taken)}${meanGrossReturn === null ? '' : `, mean gross return ${signedPercent(meanGrossReturn)}`}.`,
    `Always long on the same windows: ${hitRate(alwaysLong)}.`,
    ...forecastLines(card.forecast),
    ...groupTables(card.groups),
  ]
    .flat()
    .join('\n');
}

const tuningText = ({ tuning }: Scorecard): string =>
  tuning === 0
    ? ''
    : ` ${tuning} of them ${tuning === 1 ? 'lies' : 'lie'} in years that only the network's temperatures were fitted on; they stand apart by sample.`;

const WAYS = { replay: '`replay`', replayed: '`scorecard --origin replay`', both: '`scorecard --origin both`' };

const lateText = ({ lateCounted }: Scorecard): string =>
  lateCounted === 0 ? '' : ` ${lateCounted} of them ${lateCounted === 1 ? 'was' : 'were'} decided late.`;

function forecastLines(forecast: Scorecard['forecast']): string[] {
  if (!forecast) return [`P(correct) against win: ${TOO_FEW}.`];
  const { n, brier, baseBrier, brierSkill, brierSkillInterval: skill, logLoss, baseLogLoss, spread, bins } = forecast;
  const interval = skill
    ? `95 % ${signedPercent(skill[0])} to ${signedPercent(skill[1])}`
    : 'no interval: too few stretches of time';
  const rows = bins.map((bin) => [
    bin.n,
    bin.meanP.toFixed(3),
    percent(bin.hitRate, 1),
    `${percent(bin.low, 1)} to ${percent(bin.high, 1)}`,
  ]);
  return [
    `P(correct) against win, n = ${n}: mean P ${forecast.meanP.toFixed(3)}, mean base rate ${forecast.meanBase.toFixed(3)}, won ${percent(forecast.winRate, 1)}.`,
    `Brier ${brier.toFixed(4)} beside ${baseBrier.toFixed(4)} of the base rate: skill ${signedPercent(brierSkill)} (${interval}); log-loss ${logLoss.toFixed(4)} beside ${baseLogLoss.toFixed(4)}.`,
    `ECE ${forecast.ece.toFixed(4)}, of which a perfect forecaster shows ${forecast.ecePerfectMean.toFixed(4)} at this n (95th percentile ${forecast.ecePerfectP95.toFixed(4)}); corrected ${forecast.eceCorrected.toFixed(4)}.`,
    `Spread of P: standard deviation ${spread.sd.toFixed(4)}, 5th to 95th percentile ${spread.p5.toFixed(3)} to ${spread.p95.toFixed(3)}. A constant forecast has none, and its small ECE proves nothing.`,
    table(['n', 'mean P', 'won', '95 %'], rows),
  ];
}

function groupTables(groups: readonly ScoreGroup[]): string[] {
  return [...Map.groupBy(groups, ({ by }) => by)].map(([by, members]) => {
    const rows = members.map(({ name, settled, taken, forecast }) => [
      name,
      settled,
      hitRate(taken),
      forecast ? forecast.brier.toFixed(4) : TOO_FEW,
      forecast ? signedPercent(forecast.brierSkill) : TOO_FEW,
      forecast ? forecast.ece.toFixed(4) : TOO_FEW,
      forecast ? forecast.spread.sd.toFixed(4) : TOO_FEW,
    ]);
    return `\n${table([by, 'counted', 'positions won', 'Brier', 'skill', 'ECE', 'spread of P'], rows)}`;
  });
}

const hitRate = (rate: HitRate | null): string =>
  rate
    ? `${percent(rate.rate, 1)} of ${rate.n} won (95 % ${percent(rate.low, 1)} to ${percent(rate.high, 1)})`
    : TOO_FEW;

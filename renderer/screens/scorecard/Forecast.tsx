import { useMemo } from 'react';
import { FEWEST_HELD_OUT, type ForecastScore } from '../../../shared/domain/index.ts';
import { InfoTip } from '../../components/index.ts';
import { change, figure, share, whole } from '../../format/index.ts';
import { ReliabilityPlot } from '../models/ReliabilityPlot.tsx';
import { TOO_FEW } from './Counts.tsx';
import classes from './scorecard.module.css';

/** Spread of P below which forecasts hardly tell decisions apart. */
const NARROW = 0.01;

function skillText({ brierSkill, brierSkillInterval: interval }: ForecastScore): string {
  if (!interval) return `${change(brierSkill)}, in too few stretches of time for an interval`;
  return `${change(brierSkill)} (${change(interval[0])} to ${change(interval[1])})`;
}

function Spread({ spread }: Pick<ForecastScore, 'spread'>) {
  return (
    <>
      {figure(spread.sd, 4)} ({share(spread.p5, 1)} to {share(spread.p95, 1)})
      {spread.sd < NARROW && (
        <div className={classes.narrow}>
          The forecasts hardly differ: a constant one would be as well calibrated, and tells nothing apart.
        </div>
      )}
    </>
  );
}

function Scores({ forecast }: { forecast: ForecastScore }) {
  const { brier, baseBrier, logLoss, baseLogLoss, ece, ecePerfectMean, ecePerfectP95, eceCorrected } = forecast;
  return (
    <dl className={classes.facts} data-testid="scorecard-forecast">
      <dt>Forecasts</dt>
      <dd>
        {whole(forecast.n)}, mean P {share(forecast.meanP, 1)}, won {share(forecast.winRate, 1)}
      </dd>
      <dt>Brier</dt>
      <dd>
        {figure(brier, 4)} beside {figure(baseBrier, 4)} of the base rate
      </dd>
      <dt>Brier skill</dt>
      <dd>{skillText(forecast)}</dd>
      <dt>Log-loss</dt>
      <dd>
        {figure(logLoss, 4)} beside {figure(baseLogLoss, 4)} of the base rate
      </dd>
      <dt>ECE</dt>
      <dd>
        {figure(ece, 4)}; a perfect forecaster shows {figure(ecePerfectMean, 4)} at this n (95th percentile{' '}
        {figure(ecePerfectP95, 4)}); corrected {figure(eceCorrected, 4)}
      </dd>
      <dt>Spread of P</dt>
      <dd data-testid="scorecard-spread">
        <Spread spread={forecast.spread} />
      </dd>
    </dl>
  );
}

function Reliability({ bins }: Pick<ForecastScore, 'bins'>) {
  const points = useMemo(
    () =>
      bins.map(({ meanP, hitRate, low, high, n }) => ({
        x: meanP,
        y: hitRate,
        low,
        high,
        n,
        enough: n >= FEWEST_HELD_OUT,
      })),
    [bins],
  );
  const told = bins.map(({ n, meanP, hitRate }) => `${share(meanP, 1)}: won ${share(hitRate)} of ${whole(n)}`);
  return (
    <figure className={classes.diagram}>
      <ReliabilityPlot
        points={points}
        label={`Reliability of P(correct). ${told.join('; ')}.`}
        className={classes.plot}
      />
      <figcaption>
        Across: P(correct) given. Up: share that won, with its 95 % interval. On the dashed line the two agree. Hollow:
        fewer than {FEWEST_HELD_OUT}.
      </figcaption>
    </figure>
  );
}

/** Whether P(correct) means what it says. */
export function Forecast({ forecast }: { forecast: ForecastScore | null }) {
  return (
    <section aria-label="P(correct) against win">
      <h3>
        P(correct) against win
        <InfoTip label="What these figures mean">
          Brier and log-loss: less is better; skill is the share by which Brier is less than that of the base rate
          alone. ECE: how far P lies from the share that won, over 15 bins of equal size; chance alone gives some.
          Spread: the standard deviation of P, and where nine tenths of it lie.
        </InfoTip>
      </h3>
      {!forecast && (
        <p>{TOO_FEW}: P(correct) is given from 50 settled decisions on, and scored from 10 forecasts on.</p>
      )}
      {forecast && (
        <div className={classes.forecast}>
          <Scores forecast={forecast} />
          <Reliability bins={forecast.bins} />
        </div>
      )}
    </section>
  );
}

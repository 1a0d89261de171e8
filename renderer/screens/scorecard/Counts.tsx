import type { HitRate, Scorecard } from '../../../shared/domain/index.ts';
import { InfoTip } from '../../components/index.ts';
import { change, share, whole } from '../../format/index.ts';
import { countedOf } from './counted.ts';
import classes from './scorecard.module.css';

export const TOO_FEW = 'N/A (n < 10)';

/** "55 % of 120 (46 to 63 %)". */
export function hitText(rate: HitRate | null): string {
  if (!rate) return TOO_FEW;
  return `${share(rate.rate, 1)} of ${whole(rate.n)} (${share(rate.low)} to ${share(rate.high)})`;
}

/** How many decisions there are, and which of them count. */
export function Counts({ card }: { card: Scorecard }) {
  const { settled, pending, inSample, late, lateCounted, tuning, overlapping, holds, holdShare } = card;
  return (
    <section aria-label="Counts">
      <h3>
        What counts
        <InfoTip label="What is left out">
          Decisions on bars that the network was trained on prove nothing, nor do live ones that were made when the
          session of their entry had closed, or when bars on this machine were ahead of them or of the clock: those are
          late. Of one symbol, whatever source its bars came from, only trips that begin when the one before has ended
          count, so that one move of the market is not counted many times. In the years of tuning only the network's
          temperatures were fitted: they count, and stand apart by sample.
        </InfoTip>
      </h3>
      <dl className={classes.facts} data-testid="scorecard-counts">
        <dt>Settled</dt>
        <dd>{whole(settled)}</dd>
        <dt>Pending</dt>
        <dd>{whole(pending)}</dd>
        <dt>Left out, in sample</dt>
        <dd>{whole(inSample)}</dd>
        <dt>Left out, decided late</dt>
        <dd>{whole(late)}</dd>
        <dt>Left out, overlapping</dt>
        <dd>{whole(overlapping)}</dd>
        <dt>Counted</dt>
        <dd>
          {whole(countedOf(card))}, of which {whole(holds)} hold
          {holdShare !== null && ` (${share(holdShare)})`}
          {lateCounted > 0 && `, ${whole(lateCounted)} decided late`}
          {tuning > 0 && `, ${whole(tuning)} in years of tuning`}
        </dd>
      </dl>
    </section>
  );
}

/** How often positions won, beside what would have won without deciding. */
export function Hits({ card }: { card: Scorecard }) {
  const { taken, meanGrossReturn, alwaysLong, forecast } = card;
  return (
    <section aria-label="Hit rate">
      <h3>Hit rate</h3>
      <dl className={classes.facts} data-testid="scorecard-hits">
        <dt>Positions taken</dt>
        <dd>{hitText(taken)}</dd>
        <dt>Always long, same windows</dt>
        <dd>{hitText(alwaysLong)}</dd>
        <dt>Base rate</dt>
        <dd>{forecast ? `${share(forecast.meanBase, 1)}, the mean of what stood beside each P` : TOO_FEW}</dd>
        <dt>Mean gross return of positions</dt>
        <dd>{meanGrossReturn === null ? TOO_FEW : change(meanGrossReturn)}</dd>
      </dl>
      <p className="dim">A win is a gross return above the cost; in brackets the 95 % interval.</p>
    </section>
  );
}

import type { Decision, Look, Round } from '../../../shared/domain/index.ts';
import { ProbabilityBars } from '../../components/index.ts';
import { certainty, dateOf, figure, REGIME_NAMES } from '../../format/index.ts';
import classes from './decision.module.css';

const LOOKS: Record<Look['kind'], string> = {
  window: 'The window',
  earlier: 'An earlier window',
  'every-second-close': 'Every second close of twice the span',
};

function LookLine({ look }: { look: Look }) {
  return (
    <div className={classes.look}>
      <div>
        {LOOKS[look.kind]}: {look.windowBars} points, {dateOf(look.start)} to {dateOf(look.end)}
      </div>
      <ProbabilityBars values={look.reading.regime} />
    </div>
  );
}

function RoundItem({ round, before }: { round: Round; before: Round | undefined }) {
  const moved = before ? round.confidence.value - before.confidence.value : 0;
  const sign = moved < 0 ? '\u2212' : '+';
  return (
    <li>
      <div className={classes.roundHead}>
        <b>{round.round === 0 ? 'First look' : `Refinement ${round.round}`}</b>
        <span>{REGIME_NAMES[round.regime]}</span>
        <span className="num">
          C {certainty(round.confidence.value)}
          {before && <span className="dim"> ({`${sign}${figure(Math.abs(moved))}`})</span>}
        </span>
      </div>
      <p>{round.sentence}</p>
      {round.added.map((look) => (
        <LookLine key={`${look.kind}-${look.windowHash}`} look={look} />
      ))}
      {round.round > 0 && (
        <div className={classes.look}>
          <div>All looks pooled</div>
          <ProbabilityBars values={round.pooledRegime} />
        </div>
      )}
    </li>
  );
}

/** What each round added and how C moved; the last round counts, not the best. */
export function Rounds({ decision }: { decision: Decision }) {
  return (
    <section aria-label="Rounds">
      <h3>Rounds</h3>
      <ol className={classes.rounds}>
        {decision.rounds.map((round, i) => (
          <RoundItem key={round.round} round={round} before={decision.rounds[i - 1]} />
        ))}
      </ol>
    </section>
  );
}

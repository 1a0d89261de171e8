import {
  type Decision,
  isMeasuredLook,
  type Look,
  type ModelInfo,
  NO_HELD_OUT,
  type Round,
} from '../../../shared/domain/index.ts';
import { ClassProbabilities, HeldOutTip, ProbabilityBars } from '../../components/index.ts';
import { certainty, dateOf, figure, REGIME_NAMES } from '../../format/index.ts';
import { useModelFor } from '../../workspace/index.ts';
import classes from './decision.module.css';
import { RecalledSetups } from './RecalledSetups.tsx';

const LOOKS: Record<Look['kind'], string> = {
  window: 'The window',
  earlier: 'An earlier window',
  'every-second-close': 'Every second close of twice the span',
  memory: 'Similar past setups',
  coarser: 'The next coarser timeframe',
};

/** The card of the weights and heads that made the decision; undefined where others are in force now. */
function useModelOf({ provenance, heads: tuned, source }: Decision): ModelInfo | undefined {
  const model = useModelFor(tuned, source).data;
  const { convnext, heads } = provenance.modelHashes;
  return model && convnext === model.sha256 && heads === model.tuned?.sha256 ? model : undefined;
}

function LookLine({ look, model }: { look: Look; model: ModelInfo | undefined }) {
  const measured = isMeasuredLook(look) ? model : undefined;
  return (
    <div className={classes.look}>
      <div>
        {LOOKS[look.kind]}: {look.windowBars} points, {dateOf(look.start)} to {dateOf(look.end)}
        {!measured && `; ${NO_HELD_OUT}`}
      </div>
      <ClassProbabilities head="regime" values={look.reading.regime} model={measured} />
      {look.recalled && <RecalledSetups recalled={look.recalled} />}
    </div>
  );
}

interface RoundProps {
  round: Round;
  before: Round | undefined;
  model: ModelInfo | undefined;
}

function RoundItem({ round, before, model }: RoundProps) {
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
        <LookLine key={`${look.kind}-${look.windowHash}`} look={look} model={model} />
      ))}
      {round.round > 0 && (
        <div className={classes.look}>
          <div>All looks pooled; {NO_HELD_OUT}</div>
          <ProbabilityBars values={round.pooledRegime} />
        </div>
      )}
    </li>
  );
}

/** What each round added and how C moved; the last round counts, not the best. */
export function Rounds({ decision }: { decision: Decision }) {
  const model = useModelOf(decision);
  return (
    <section aria-label="Rounds">
      <div className={classes.row}>
        <h3>Rounds</h3>
        {model?.reliability && (
          <span className={classes.held}>
            held out <HeldOutTip model={model} />
          </span>
        )}
      </div>
      <ol className={classes.rounds}>
        {decision.rounds.map((round, i) => (
          <RoundItem key={round.round} round={round} before={decision.rounds[i - 1]} model={model} />
        ))}
      </ol>
    </section>
  );
}

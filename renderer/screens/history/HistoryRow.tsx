import { memo } from 'react';
import type { DecisionSummary, OutcomeState } from '../../../shared/domain/index.ts';
import { ActionMark, JudgeMark, OutcomeMark } from '../../components/index.ts';
import { certainty, isAdjusted, price, REGIME_NAMES, SAMPLE_NAMES, share, utc } from '../../format/index.ts';
import classes from './history.module.css';

interface Props {
  decision: DecisionSummary;
  /** `later`: it became known after the clock; undefined until it has been asked for. */
  outcome: OutcomeState | 'later' | undefined;
  selected: boolean;
  entry: boolean;
  onOpen: (decision: DecisionSummary) => void;
}

const stateOf = (outcome: Props['outcome']) => (typeof outcome === 'object' ? outcome.state : outcome);
const sameOutcome = (a: Props['outcome'], b: Props['outcome']) => stateOf(a) === stateOf(b);

function OutcomeCell({ decision, outcome }: Pick<Props, 'decision' | 'outcome'>) {
  if (outcome === undefined) return null;
  if (outcome === 'later')
    return (
      <span className="dim" title="It became known after the clock; Show all tells it">
        after the clock
      </span>
    );
  return <OutcomeMark state={outcome} action={decision.action} />;
}

/** A stored decision never changes, so the same id is the same line. */
const isSame = (a: Props, b: Props) =>
  a.decision.id === b.decision.id &&
  sameOutcome(a.outcome, b.outcome) &&
  a.selected === b.selected &&
  a.entry === b.entry &&
  a.onOpen === b.onOpen;

export const HistoryRow = memo(function HistoryRow({ decision, outcome, selected, entry, onOpen }: Props) {
  const reasons = decision.holdReasons.map((reason) => reason.sentence).join(' ');
  return (
    <tr
      data-testid="history-row"
      data-id={decision.id}
      data-entry={entry || undefined}
      aria-selected={selected}
      tabIndex={entry ? 0 : -1}
      className={selected ? classes.selected : ''}
      onClick={() => onOpen(decision)}
    >
      <td>{decision.lastBarDate}</td>
      <td>
        <b>{decision.symbol}</b>
        {decision.interval !== '1d' && <span className="dim"> {decision.interval}</span>}
        {decision.origin === 'replay' && <span className="dim"> replay</span>}
      </td>
      <td>
        <ActionMark action={decision.action} />
      </td>
      <td>
        <JudgeMark judge={decision.judge} />
      </td>
      <td className="num">{certainty(decision.confidence)}</td>
      <td className="num">
        {decision.pCorrect === null || decision.pCorrect === undefined ? (
          <span className="dim">N/A</span>
        ) : (
          share(decision.pCorrect, 1)
        )}
      </td>
      <td>
        <OutcomeCell decision={decision} outcome={outcome} />
      </td>
      <td>{REGIME_NAMES[decision.regime]}</td>
      <td
        className="num"
        title={isAdjusted(decision.source) ? 'Adjusted at the source, not the traded price' : undefined}
      >
        {price(decision.lastClose)}{' '}
        <span className="dim">
          {decision.currency}
          {isAdjusted(decision.source) && ' adj.'}
        </span>
      </td>
      <td className="num">{decision.horizonBars}</td>
      <td>{SAMPLE_NAMES[decision.sampleStatus].word}</td>
      <td className={classes.reason} title={reasons}>
        {reasons}
      </td>
      <td className="dim">{utc(decision.createdAt)}</td>
    </tr>
  );
}, isSame);

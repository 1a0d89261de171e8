import { memo } from 'react';
import type { DecisionSummary } from '../../../shared/domain/index.ts';
import { ActionMark } from '../../components/index.ts';
import { certainty, isAdjusted, price, REGIME_NAMES, SAMPLE_NAMES, utc } from '../../format/index.ts';
import classes from './history.module.css';

interface Props {
  decision: DecisionSummary;
  selected: boolean;
  entry: boolean;
  onOpen: (decision: DecisionSummary) => void;
}

/** A stored decision never changes, so the same id is the same line. */
const isSame = (a: Props, b: Props) =>
  a.decision.id === b.decision.id && a.selected === b.selected && a.entry === b.entry && a.onOpen === b.onOpen;

export const HistoryRow = memo(function HistoryRow({ decision, selected, entry, onOpen }: Props) {
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
      </td>
      <td>
        <ActionMark action={decision.action} />
      </td>
      <td className="num">{certainty(decision.confidence)}</td>
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

import type { KeyboardEvent } from 'react';
import type { DecisionSummary, OutcomeState } from '../../../shared/domain/index.ts';
import { GRID, useKept } from '../../components/index.ts';
import {
  type Clock,
  openDecision,
  outcomeKnownBy,
  useClock,
  useOutcomes,
  useWorkspace,
} from '../../workspace/index.ts';
import { HistoryRow } from './HistoryRow.tsx';
import classes from './history.module.css';
import { COLUMNS, type Column, type ColumnKey, type Sorting, sortKey } from './table.ts';

interface Props {
  decisions: readonly DecisionSummary[];
  /** Also what became known later than the clock. */
  all: boolean;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

interface HeadingProps {
  column: Column;
  sorting: Sorting;
  onPress: (key: ColumnKey) => void;
}

function Heading({ column, sorting, onPress }: HeadingProps) {
  const key = sortKey(column);
  const className = column.numeric ? 'num' : '';
  if (!key)
    return (
      <th className={className}>
        <span className={classes.plainHead}>{column.title}</span>
      </th>
    );
  const order = sorting.key !== key ? undefined : sorting.descending ? 'descending' : 'ascending';
  return (
    <th className={className} aria-sort={order}>
      <button type="button" onClick={() => onPress(key)}>
        {column.title}
        <span aria-hidden="true">{order ? (sorting.descending ? ' \u2193' : ' \u2191') : ''}</span>
      </button>
    </th>
  );
}

/** What of each outcome may be shown at the clock. */
function shownOutcome(
  state: OutcomeState | undefined,
  decision: DecisionSummary,
  clock: Clock,
): OutcomeState | 'later' | undefined {
  if (state?.state !== 'settled' || outcomeKnownBy(state.outcome, decision.interval, clock)) return state;
  return 'later';
}

function Header({ sorting, onSort }: Pick<Props, 'sorting' | 'onSort'>) {
  const press = (key: ColumnKey) => onSort({ key, descending: sorting.key === key ? !sorting.descending : true });
  return (
    <thead>
      <tr>
        {COLUMNS.map((column) => (
          <Heading key={column.key} column={column} sorting={sorting} onPress={press} />
        ))}
      </tr>
    </thead>
  );
}

/** Arrow keys walk, Enter opens. */
export function HistoryTable({ decisions, all, sorting, onSort }: Props) {
  const clock = useClock();
  const states = useKept(useOutcomes(decisions.map(({ id }) => id)).data, 'outcomes');
  const byId = new Map(states?.map((state) => [state.decisionId, state]));
  const opened = useWorkspace('decisionId');
  const entry = decisions.some((decision) => decision.id === opened) ? opened : decisions[0]?.id;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('tr[data-id]');
    const decision = decisions.find((one) => one.id === row?.dataset.id);
    if (!row || !decision) return;
    if (event.key === 'Enter') openDecision(decision);
    else if (event.key === 'ArrowDown') (row.nextElementSibling as HTMLElement | null)?.focus();
    else if (event.key === 'ArrowUp') (row.previousElementSibling as HTMLElement | null)?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <table className={classes.table} {...GRID} aria-label="Decisions" onKeyDown={onKeyDown}>
      <Header sorting={sorting} onSort={onSort} />
      <tbody>
        {decisions.map((decision) => (
          <HistoryRow
            key={decision.id}
            decision={decision}
            outcome={shownOutcome(byId.get(decision.id), decision, all ? 'latest' : clock)}
            selected={decision.id === opened}
            entry={decision.id === entry}
            onOpen={openDecision}
          />
        ))}
      </tbody>
    </table>
  );
}

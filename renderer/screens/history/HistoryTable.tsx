import type { KeyboardEvent } from 'react';
import type { DecisionSummary } from '../../../shared/domain/index.ts';
import { GRID } from '../../components/index.ts';
import { openDecision, useWorkspace } from '../../workspace/index.ts';
import { HistoryRow } from './HistoryRow.tsx';
import classes from './history.module.css';
import { COLUMNS, type ColumnKey, type Sorting } from './table.ts';

interface Props {
  decisions: readonly DecisionSummary[];
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

function Header({ sorting, onSort }: Pick<Props, 'sorting' | 'onSort'>) {
  const press = (key: ColumnKey) => onSort({ key, descending: sorting.key === key ? !sorting.descending : true });
  const order = (key: ColumnKey) => (sorting.key !== key ? undefined : sorting.descending ? 'descending' : 'ascending');
  return (
    <thead>
      <tr>
        {COLUMNS.map(({ key, title, numeric }) => (
          <th key={key} className={numeric ? 'num' : ''} aria-sort={order(key)}>
            <button type="button" onClick={() => press(key)}>
              {title}
              <span aria-hidden="true">{sorting.key === key ? (sorting.descending ? ' \u2193' : ' \u2191') : ''}</span>
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Arrow keys walk, Enter opens. */
export function HistoryTable({ decisions, sorting, onSort }: Props) {
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
            selected={decision.id === opened}
            entry={decision.id === entry}
            onOpen={openDecision}
          />
        ))}
      </tbody>
    </table>
  );
}

import { VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, useCallback, useMemo } from 'react';
import type { WatchlistRow } from '../../../shared/contract/index.ts';
import type { Watchlist } from '../../../shared/domain/index.ts';
import { GRID } from '../../components/index.ts';
import { engine, useStore } from '../../engine/index.ts';
import { openSymbol, ownInterval, useClock, useInstruments, useWorkspace } from '../../workspace/index.ts';
import { removeSymbol } from './list-commands.ts';
import { Row } from './Row.tsx';
import { endApart, newestArrived, repeated, rowDecision, rowKey } from './rows.ts';
import classes from './watchlist.module.css';

const STEPS: Partial<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -1e6,
  End: 1e6,
};

function focusRow(from: HTMLElement, step: number): void {
  const rows = [...(from.closest('tbody')?.querySelectorAll<HTMLElement>('tr') ?? [])];
  const at = rows.indexOf(from);
  rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
}

/** Arrow keys walk, Enter opens, Delete removes. */
export function Rows({ list, rows }: { list: Watchlist; rows: readonly WatchlistRow[] }) {
  const clock = useClock();
  const symbol = useWorkspace('symbol');
  const instruments = useInstruments().data;
  const arrived = useStore(engine, (state) => state.arrived);
  const names = useMemo(() => new Map((instruments ?? []).map((one) => [rowKey(one), one.name])), [instruments]);
  const newest = useMemo(() => newestArrived(arrived, clock), [arrived, clock]);
  const twice = useMemo(() => repeated(rows), [rows]);
  const dated = useMemo(() => endApart(rows), [rows]);
  const open = useCallback(({ symbol, source }: WatchlistRow) => openSymbol({ symbol, source }), []);
  const selected = symbol ? rowKey(symbol) : '';
  const entry = rows.some((row) => rowKey(row) === selected) ? selected : rows[0] ? rowKey(rows[0]) : '';

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = (event.target as HTMLElement).closest<HTMLElement>('tr[data-row]');
    const row = rows.find((one) => rowKey(one) === target?.dataset.row);
    if (!target || !row) return;
    const step = STEPS[event.key];
    if (step !== undefined) focusRow(target, step);
    else if (event.key === 'Enter' || event.key === ' ') open(row);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      focusRow(target, target.nextElementSibling ? 1 : -1);
      void removeSymbol(list, row);
    } else return;
    event.preventDefault();
  };

  return (
    <table className={classes.table} {...GRID} aria-label={`Symbols of ${list.name}`} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          <th>Symbol</th>
          <th className={classes.spark}>
            <VisuallyHidden>Course of the last 32 closes</VisuallyHidden>
          </th>
          <th className="num">Last</th>
          <th className={classes.decision}>Decision</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={rowKey(row)}
            row={row}
            decision={rowDecision(row, newest)}
            selected={rowKey(row) === selected}
            entry={rowKey(row) === entry}
            dated={dated}
            apart={row.interval !== ownInterval(instruments, row)}
            name={names.get(rowKey(row)) ?? row.name}
            ambiguous={twice.has(row.symbol)}
            onOpen={open}
          />
        ))}
      </tbody>
    </table>
  );
}

import { ActionIcon, Menu, NativeSelect, Switch, TextInput, Tooltip } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ACTIONS, type Action, type DecisionSummary, Ticker } from '../../../shared/domain/index.ts';
import { EmptyNote, FailureNote, Icon, LoadingNote, Panel, useKept } from '../../components/index.ts';
import { engine, useStore } from '../../engine/index.ts';
import { download, toCsv } from '../../format/csv.ts';
import { ACTION_SIGNS, share, whole } from '../../format/index.ts';
import { type Clock, useClock, useDecisions } from '../../workspace/index.ts';
import { HistoryTable } from './HistoryTable.tsx';
import classes from './history.module.css';
import { EXPORT_HEADER, exportJson, exportRow, type Sorting, sortDecisions } from './table.ts';

/** How many of the newest decisions are loaded, and how many stand on a page. */
const LOADED = 1000;
const PAGE = 100;

interface Filter {
  symbol: string;
  action: Action | '';
  all: boolean;
}

function exportAs(kind: 'csv' | 'json', decisions: readonly DecisionSummary[]): void {
  if (kind === 'csv') download('decisions.csv', 'text/csv', toCsv(EXPORT_HEADER, decisions.map(exportRow)));
  else download('decisions.json', 'application/json', exportJson(decisions));
}

function ExportMenu({ decisions }: { decisions: readonly DecisionSummary[] }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label="Save what is listed">
          <ActionIcon aria-label="Save what is listed" disabled={decisions.length === 0}>
            <Icon name="download" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => exportAs('csv', decisions)}>CSV</Menu.Item>
        <Menu.Item onClick={() => exportAs('json', decisions)}>JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  return (
    <>
      <TextInput
        size="xs"
        className={classes.symbolFilter}
        placeholder="Symbol"
        aria-label="Only this symbol"
        value={filter.symbol}
        onChange={(event) => onChange({ ...filter, symbol: event.currentTarget.value.toUpperCase() })}
      />
      <NativeSelect
        size="xs"
        className={classes.actionFilter}
        aria-label="Only this action"
        value={filter.action}
        data={[
          { value: '', label: 'Any action' },
          ...ACTIONS.map((action) => ({ value: action, label: ACTION_SIGNS[action].word })),
        ]}
        onChange={(event) => onChange({ ...filter, action: event.currentTarget.value as Action | '' })}
      />
      <Tooltip label="Also what was decided later than the clock">
        <Switch
          size="xs"
          label="Show all"
          checked={filter.all}
          onChange={(event) => onChange({ ...filter, all: event.currentTarget.checked })}
        />
      </Tooltip>
    </>
  );
}

function Pager({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  if (pages < 2) return null;
  return (
    <span className={classes.pager}>
      <ActionIcon aria-label="Page before" disabled={page === 0} onClick={() => onPage(page - 1)}>
        <Icon name="left" />
      </ActionIcon>
      <span className="num">
        {page + 1} of {pages}
      </span>
      <ActionIcon aria-label="Next page" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        <Icon name="right" />
      </ActionIcon>
    </span>
  );
}

/** Why nothing is listed: nothing was decided, or not by this clock, or the filter leaves nothing. */
function NoDecisions({ filter }: { filter: Filter }) {
  const stored = useStore(engine, (state) => state.decisions);
  if (stored === 0) return <EmptyNote title="Nothing has been decided yet.">Press Analyze watchlist.</EmptyNote>;
  if (filter.symbol || filter.action)
    return <EmptyNote title="No decision matches.">Change the symbol or the action above.</EmptyNote>;
  return <EmptyNote title="Nothing was decided by this clock.">Move the clock, or switch on Show all.</EmptyNote>;
}

function useHistory(filter: Filter, clock: Clock) {
  const symbol = Ticker.safeParse(filter.symbol);
  return useDecisions(
    {
      symbol: symbol.success ? symbol.data : undefined,
      action: filter.action || undefined,
      clock: filter.all ? 'latest' : clock,
    },
    LOADED,
  );
}

/** Every decision known at the clock, newest first until a column is chosen. */
export function HistoryPanel() {
  const clock = useClock();
  const [filter, setFilter] = useState<Filter>({ symbol: '', action: '', all: false });
  const [sorting, setSorting] = useState<Sorting>({ key: 'createdAt', descending: true });
  const [at, setAt] = useState(0);
  const query = useHistory(filter, clock);
  const data = useKept(query.data, 'history');
  const sorted = useMemo(() => sortDecisions(data?.decisions ?? [], sorting), [data, sorting]);
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE));
  const page = Math.min(at, pages - 1);
  const shown = useMemo(() => sorted.slice(page * PAGE, (page + 1) * PAGE), [sorted, page]);
  const toolbar = (
    <>
      <Filters filter={filter} onChange={setFilter} />
      <span className={classes.count} data-testid="history-count">
        {data && data.total > 0 && (
          <>
            {whole(data.total)}
            <span className={classes.wide}> decisions</span>, {share(data.holds / data.total)} hold
          </>
        )}
        {data && data.total > sorted.length && `; the newest ${whole(sorted.length)} are listed`}
      </span>
      <Pager page={page} pages={pages} onPage={setAt} />
      <ExportMenu decisions={sorted} />
    </>
  );
  return (
    <Panel id="history" label="History" toolbar={toolbar}>
      {!data && query.failure && <FailureNote failure={query.failure} />}
      {!data && !query.failure && <LoadingNote what="the history" />}
      {data && sorted.length === 0 && <NoDecisions filter={filter} />}
      {sorted.length > 0 && <HistoryTable decisions={shown} sorting={sorting} onSort={setSorting} />}
    </Panel>
  );
}

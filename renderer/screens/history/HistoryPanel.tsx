import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { damagedText } from '../../../shared/domain/index.ts';
import { EmptyNote, FailureNote, Icon, LoadingNote, Panel, useKept } from '../../components/index.ts';
import { engine, useStore } from '../../engine/index.ts';
import { share, whole } from '../../format/index.ts';
import { type DecisionPage, useClock } from '../../workspace/index.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { Filters } from './Filters.tsx';
import { HistoryTable } from './HistoryTable.tsx';
import classes from './history.module.css';
import type { Sorting } from './table.ts';
import { type Filter, listed, PAGE, useHistory } from './useHistory.ts';

function Pager({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  if (pages < 2) return null;
  return (
    <span className={classes.pager}>
      <ActionIcon aria-label="Page before" disabled={page === 0} onClick={() => onPage(page - 1)}>
        <Icon name="left" />
      </ActionIcon>
      <span className="num">
        {whole(page + 1)} of {whole(pages)}
      </span>
      <ActionIcon aria-label="Next page" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        <Icon name="right" />
      </ActionIcon>
    </span>
  );
}

function Count({ data }: { data: DecisionPage | undefined }) {
  return (
    <span className={classes.count} data-testid="history-count">
      {data && data.total > 0 && (
        <>
          {whole(data.total)}
          <span className={classes.wide}> {data.total === 1 ? 'decision' : 'decisions'}</span>,{' '}
          {share(data.holds / data.total)} hold
        </>
      )}
    </span>
  );
}

/** Why nothing is listed: nothing was decided, or not by this clock, or the filter leaves nothing. */
function NoDecisions({ filter }: { filter: Filter }) {
  const stored = useStore(engine, (state) => state.decisions);
  if (filter.origin === 'replay')
    return <EmptyNote title="No replayed decision is listed.">Run a replay first.</EmptyNote>;
  if (stored === 0) return <EmptyNote title="Nothing has been decided yet.">Press Analyze watchlist.</EmptyNote>;
  if (filter.symbol || filter.action || filter.interval || filter.judge)
    return (
      <EmptyNote title="No decision matches.">
        Change the symbol, the interval, the action or the judge above.
      </EmptyNote>
    );
  return <EmptyNote title="Nothing was decided by this clock.">Move the clock, or switch on Show all.</EmptyNote>;
}

/** Every decision known at the clock, newest first until a column is chosen; sorted and paged by the engine. */
export function HistoryPanel() {
  const clock = useClock();
  const [filter, setFilter] = useState<Filter>({
    symbol: '',
    action: '',
    interval: '',
    judge: '',
    origin: 'live',
    all: false,
  });
  const [sorting, setSorting] = useState<Sorting>({ key: 'createdAt', descending: true });
  const [at, setAt] = useState({ page: 0, of: '' });
  const asked = listed(filter, clock, sorting);
  const of = JSON.stringify(asked);
  const page = at.of === of ? at.page : 0;
  const query = useHistory(asked, page);
  const data = useKept(query.data, 'history');
  const failure = query.failure?.code === 'CONNECTION_LOST' && data ? null : query.failure;
  const toolbar = (
    <div className={classes.bar}>
      <Filters filter={filter} onChange={setFilter} />
      <div className={classes.page}>
        <Count data={data} />
        <Pager page={page} pages={Math.ceil((data?.total ?? 0) / PAGE)} onPage={(next) => setAt({ page: next, of })} />
        <ExportMenu asked={asked} disabled={!data || data.total === 0} />
      </div>
    </div>
  );
  return (
    <Panel id="history" label="History" toolbar={toolbar}>
      {failure && <FailureNote failure={failure} />}
      {!data && !failure && <LoadingNote what="the history" />}
      {data && data.total === 0 && !failure && <NoDecisions filter={filter} />}
      {data?.damaged && (
        <p className={classes.damaged} role="status">
          {damagedText(data.damaged)}
        </p>
      )}
      {data && data.total > 0 && (
        <HistoryTable decisions={data.decisions} all={filter.all} sorting={sorting} onSort={setSorting} />
      )}
    </Panel>
  );
}

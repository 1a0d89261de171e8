import { ActionIcon, Button, FileButton, Tooltip } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import type { WatchlistRow } from '../../../shared/contract/index.ts';
import type { Watchlist } from '../../../shared/domain/index.ts';
import { EmptyNote, FailureNote, Icon, LoadingNote, Panel, useKept } from '../../components/index.ts';
import { api, queries, useQuery } from '../../engine/index.ts';
import { asOfOf, useClock, useWatchlist, useWorkspace } from '../../workspace/index.ts';
import { ImportBars } from '../import/ImportBars.tsx';
import { AddSymbol } from './AddSymbol.tsx';
import { ListMenu } from './ListMenu.tsx';
import { openSamples } from './list-commands.ts';
import { Rows } from './Rows.tsx';

function Empty() {
  return (
    <EmptyNote title="This list is empty.">
      <p className="dim">Add a symbol, import bars from a CSV file, or open the samples.</p>
      <Button size="compact-xs" variant="default" onClick={() => void openSamples()}>
        Open the samples
      </Button>
    </EmptyNote>
  );
}

function Body({ list }: { list: Watchlist }) {
  const asOf = asOfOf(useClock());
  const interval = useWorkspace('symbol')?.interval;
  const key = list.items.length > 0 ? `rows|${list.name}|${asOf}|${interval ?? ''}` : null;
  const query = useQuery<WatchlistRow[]>(key, (signal) =>
    api().market.rows({ name: list.name, asOf, interval }, { signal }),
  );
  const rows = useKept(query.data, list.name);
  if (list.items.length === 0) return <Empty />;
  if (rows) return <Rows list={list} rows={rows} />;
  if (query.failure) return <FailureNote failure={query.failure} onRetry={() => key && queries.retry(key)} />;
  return <LoadingNote what="the list" />;
}

/** The list on screen; a CSV file may be dropped anywhere on it. */
export function WatchlistPanel() {
  const list = useWatchlist();
  const [file, setFile] = useState<File | null>(null);
  const onDragOver = (event: DragEvent) => {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    const dropped = event.dataTransfer.files[0];
    if (!dropped) return;
    event.preventDefault();
    setFile(dropped);
  };
  const toolbar = (
    <>
      {list && <AddSymbol list={list} />}
      <FileButton onChange={setFile} accept=".csv,.tsv,.txt,.gz,text/csv,text/plain">
        {(props) => (
          <Tooltip label="Import bars from a CSV file, or drop one on the list">
            <ActionIcon {...props} aria-label="Import bars from a CSV file">
              <Icon name="upload" />
            </ActionIcon>
          </Tooltip>
        )}
      </FileButton>
      <ListMenu list={list} />
    </>
  );
  return (
    <Panel id="watchlist" label="Watchlist" toolbar={toolbar} on={{ onDragOver, onDrop }}>
      {list ? <Body list={list} /> : <Empty />}
      <ImportBars file={file} list={list} onClose={() => setFile(null)} />
    </Panel>
  );
}

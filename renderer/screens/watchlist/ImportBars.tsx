import { Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import type { ImportReport } from '../../../shared/contract/index.ts';
import { INTERVALS, type Interval, Ticker, type Watchlist } from '../../../shared/domain/index.ts';
import { errorSentence } from '../../../shared/errors.ts';
import { api, queries, toFailure } from '../../engine/index.ts';
import { bytes } from '../../format/index.ts';
import { openSymbol } from '../../workspace/index.ts';
import { addToOpenList } from './list-commands.ts';
import { symbolOfFile } from './rows.ts';
import classes from './watchlist.module.css';

const LIMIT = 16 * 1024 * 1024;

function tell(report: ImportReport): void {
  const notices = report.notices.map((notice) => notice.sentence).join(' ');
  notifications.show({ title: `${report.symbol} imported`, message: `${report.understood} ${notices}`, color: 'teal' });
}

async function importFile(file: File, symbol: string, interval: Interval, list: Watchlist | undefined): Promise<void> {
  const content = await file.text();
  const report = await api().market.importBars({ symbol, interval, fileName: file.name.slice(0, 255), content });
  queries.invalidate(['instruments', 'rows', 'series', 'field', 'reading']);
  tell(report);
  await addToOpenList(list, [{ symbol: report.symbol, source: 'csv' }]);
  openSymbol({ symbol: report.symbol, source: 'csv' });
}

function sizeProblem(file: File): string | null {
  if (file.size <= LIMIT) return null;
  return errorSentence('TOO_LARGE', { what: file.name, size: bytes(file.size), limit: '16 MiB' });
}

function Form({ file, list, onDone }: { file: File; list: Watchlist | undefined; onDone: () => void }) {
  const [symbol, setSymbol] = useState(symbolOfFile(file.name));
  const [interval, setInterval] = useState<Interval>('1d');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(sizeProblem(file));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ticker = Ticker.safeParse(symbol);
    if (!ticker.success) return setWrong('A symbol has 1 to 20 letters, digits or ^ . - = _ /');
    setBusy(true);
    try {
      await importFile(file, ticker.data, interval, list);
      onDone();
    } catch (error) {
      setWrong(toFailure(error).sentence);
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p className={`dim ${classes.file}`}>
        {file.name}, {bytes(file.size)}
      </p>
      <TextInput
        data-autofocus
        label="Symbol"
        value={symbol}
        onChange={(event) => setSymbol(event.currentTarget.value)}
      />
      <NativeSelect
        mt="sm"
        label="Length of a bar"
        value={interval}
        data={[...INTERVALS]}
        onChange={(event) => setInterval(event.currentTarget.value as Interval)}
      />
      {wrong && (
        <p role="alert" className="down">
          {wrong}
        </p>
      )}
      <Group justify="flex-end" mt="md">
        <Button type="submit" size="xs" loading={busy} disabled={file.size > LIMIT}>
          Import
        </Button>
      </Group>
    </form>
  );
}

/** Asks what the bars of a chosen or dropped file are, and imports its text. */
export function ImportBars({
  file,
  list,
  onClose,
}: {
  file: File | null;
  list: Watchlist | undefined;
  onClose: () => void;
}) {
  return (
    <Modal opened={file !== null} onClose={onClose} title="Import bars" size="sm">
      {file && <Form file={file} list={list} onDone={onClose} />}
    </Modal>
  );
}

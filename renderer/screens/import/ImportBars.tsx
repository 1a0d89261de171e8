import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type CsvOptions, Ticker, type Watchlist } from '../../../shared/domain/index.ts';
import { errorSentence } from '../../../shared/errors.ts';
import { LoadingNote } from '../../components/index.ts';
import { toFailure } from '../../engine/index.ts';
import { TooLarge, textOfFile } from '../../format/file-text.ts';
import { asSentence, bytes } from '../../format/index.ts';
import { symbolOfFile } from '../watchlist/rows.ts';
import { ColumnFields } from './ColumnFields.tsx';
import classes from './import.module.css';
import { importBars } from './import-command.ts';
import { OptionFields } from './OptionFields.tsx';
import { PreviewTable } from './PreviewTable.tsx';
import { type Preview, usePreview } from './usePreview.ts';

const LIMIT = 16 * 1024 * 1024;

function Understood({ preview }: { preview: Preview }) {
  const { answer, pending, problem } = preview;
  return (
    <p
      className={classes.understood}
      data-wrong={problem !== null}
      role={problem ? 'alert' : 'status'}
      aria-busy={pending}
      data-testid="import-understood"
    >
      {problem ?? (answer?.understood ? asSentence(answer.understood) : 'Reading the file')}
    </p>
  );
}

/** What else is worth knowing: dropped and repaired rows are in the sentence above. */
function Notices({ preview }: { preview: Preview }) {
  const told = preview.answer?.notices.filter((notice) => notice.effect === 'info') ?? [];
  if (told.length === 0) return null;
  return (
    <ul className={classes.notices}>
      {told.map((notice) => (
        <li key={`${notice.rule}|${notice.sentence}`}>{asSentence(notice.sentence)}</li>
      ))}
    </ul>
  );
}

interface FormProps {
  file: File;
  content: string;
  list: Watchlist | undefined;
  onDone: () => void;
}

function Form({ file, content, list, onDone }: FormProps) {
  const [symbol, setSymbol] = useState(symbolOfFile(file.name));
  const [options, setOptions] = useState<CsvOptions>({});
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const fileName = file.name.slice(0, 255);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.select(), []);
  const ticker = Ticker.safeParse(symbol);
  const read = usePreview({ symbol: 'PREVIEW', fileName, content, options });
  const preview = refused ? { ...read, problem: refused } : read;
  const change = (next: CsvOptions) => {
    setRefused(null);
    setOptions(next);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ticker.success) return;
    setBusy(true);
    try {
      await importBars({ symbol: ticker.data, fileName, content, options }, list);
      onDone();
    } catch (error) {
      setRefused(toFailure(error).sentence);
      setBusy(false);
    }
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <div className={classes.top}>
        <TextInput
          ref={first}
          size="xs"
          label="Symbol"
          value={symbol}
          error={ticker.success ? null : '1 to 20 letters, digits or ^ . - = _ /'}
          onChange={(event) => setSymbol(event.currentTarget.value)}
        />
        <p className={`dim ${classes.file}`} title={file.name}>
          {file.name}, {bytes(file.size)}
        </p>
      </div>
      <Understood preview={preview} />
      <OptionFields told={options} inForce={read.answer?.options ?? null} onChange={change} />
      <ColumnFields
        told={options}
        inForce={read.answer?.options ?? null}
        titles={read.answer?.titles ?? []}
        open={read.problem !== null}
        onChange={change}
      />
      {read.answer && read.answer.bars.length > 0 && (
        <PreviewTable bars={read.answer.bars} interval={read.answer.options?.interval ?? '1d'} />
      )}
      <Notices preview={preview} />
      <Group justify="flex-end">
        <Button
          type="submit"
          size="xs"
          loading={busy}
          disabled={read.pending || read.problem !== null || !ticker.success}
          data-testid="import-confirm"
        >
          Import
        </Button>
      </Group>
    </form>
  );
}

/** Text of the file, or why it cannot be taken. */
function useText(file: File): { content: string | null; problem: string | null } {
  const [state, setState] = useState<{ content: string | null; problem: string | null }>({
    content: null,
    problem: null,
  });
  useEffect(() => {
    let gone = false;
    textOfFile(file, LIMIT)
      .then((content) => ({ content, problem: null }))
      .catch((error: unknown) => ({ content: null, problem: problemOf(file, error) }))
      .then((next) => gone || setState(next));
    return () => {
      gone = true;
    };
  }, [file]);
  return state;
}

function problemOf(file: File, error: unknown): string {
  const tooLarge = error instanceof TooLarge;
  if (!tooLarge) return errorSentence('FILE_UNREADABLE', { file: file.name, problem: 'it is damaged or was removed' });
  const sentence = errorSentence('TOO_LARGE', { what: file.name, size: 'more than that', limit: '16 MiB here' });
  return `${sentence} The command line takes larger ones: brainnet import.`;
}

function Content({ file, ...rest }: Omit<FormProps, 'content'>) {
  const { content, problem } = useText(file);
  if (problem)
    return (
      <p role="alert" className="down">
        {problem}
      </p>
    );
  if (content === null) return <LoadingNote what="the file" />;
  return <Form file={file} content={content} {...rest} />;
}

interface Props {
  file: File | null;
  list: Watchlist | undefined;
  onClose: () => void;
}

/** Shows how a chosen or dropped file would be read, lets the user overrule it, and imports its bars. */
export function ImportBars({ file, list, onClose }: Props) {
  return (
    <Modal opened={file !== null} onClose={onClose} title="Import bars" size={720}>
      {file && <Content file={file} list={list} onDone={onClose} />}
    </Modal>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { asOfOf, clockDate, useClock, useWatchlist } from '../../workspace/index.ts';
import classes from './finetune.module.css';
import { badSymbols, requestOf } from './finetune-request.ts';
import { startFinetune } from './finetune-run.ts';

/** Which series to fit on, and whether to keep what is better. */
export function FineTuneForm({ busy }: { busy: boolean }) {
  const list = useWatchlist();
  const clock = useClock();
  const [draft, setDraft] = useState({ symbols: '', from: '' });
  const bad = badSymbols(draft.symbols);
  const nothing = draft.symbols.trim() === '' && !list?.items.length;
  const start = (dryRun: boolean) => void startFinetune(requestOf(draft, list, asOfOf(clock), dryRun));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        start(true);
      }}
    >
      <TextInput
        label="Symbols"
        description={list ? `Left empty: the ${list.items.length} symbols of ${list.name}` : 'At least one'}
        placeholder={list?.items.map(({ symbol }) => symbol).join(', ')}
        value={draft.symbols}
        error={bad.length > 0 ? `${bad[0]} is not a symbol` : undefined}
        onChange={(event) => setDraft({ ...draft, symbols: event.currentTarget.value })}
        size="xs"
        data-testid="finetune-symbols"
      />
      <TextInput
        label="Bars from"
        description="Left empty: all there are"
        type="date"
        value={draft.from}
        onChange={(event) => setDraft({ ...draft, from: event.currentTarget.value })}
        size="xs"
      />
      <p className="dim">
        Nothing later than the clock ({clockDate(clock)}) is read. From then on, decisions on these symbols up to that
        date count as in sample.
      </p>
      <div className={classes.buttons}>
        <Button
          type="submit"
          size="compact-sm"
          variant="default"
          disabled={busy || nothing || bad.length > 0}
          data-testid="finetune-dry"
        >
          Dry run
        </Button>
        <Button
          size="compact-sm"
          disabled={busy || nothing || bad.length > 0}
          onClick={() => start(false)}
          data-testid="finetune-keep"
        >
          Fit, and keep what is better
        </Button>
      </div>
    </form>
  );
}

import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { MEMORY_TEXT_MOST, REGIMES, type Regime, Ticker } from '../../../shared/domain/index.ts';
import { REGIME_NAMES } from '../../format/index.ts';
import classes from './memory.module.css';
import { addMemory } from './memory-commands.ts';

export const REGIME_OPTIONS = [
  { value: '', label: 'Any regime' },
  ...REGIMES.map((regime) => ({ value: regime, label: REGIME_NAMES[regime] })),
];

/** Why a symbol that was typed cannot be one; null where it can, or where none was typed. */
export const badSymbol = (text: string): string | null =>
  text.trim() === '' || Ticker.safeParse(text).success ? null : 'This is not a symbol';

/** A note on a symbol, a regime, or neither. */
export function AddNote({ symbol: opened }: { symbol: string | null }) {
  const [draft, setDraft] = useState({ text: '', symbol: opened ?? '', regime: '' as Regime | '' });
  const wrong = badSymbol(draft.symbol);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { text, symbol, regime } = draft;
    void addMemory({ kind: 'note', text, symbol: symbol.trim() || undefined, regime: regime || undefined }).then(
      (stored) => stored && setDraft({ ...draft, text: '' }),
    );
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label="Add a note">
      <Textarea
        size="xs"
        label="Note"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MEMORY_TEXT_MOST}
        value={draft.text}
        onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        data-testid="memory-note"
      />
      <div className={classes.fields}>
        <TextInput
          size="xs"
          label="Symbol"
          description="Left empty: any"
          value={draft.symbol}
          error={wrong}
          onChange={(event) => setDraft({ ...draft, symbol: event.currentTarget.value.toUpperCase() })}
        />
        <NativeSelect
          size="xs"
          label="Regime"
          description="The one it is about"
          value={draft.regime}
          data={REGIME_OPTIONS}
          onChange={(event) => setDraft({ ...draft, regime: event.currentTarget.value as Regime | '' })}
        />
      </div>
      <Button
        type="submit"
        size="compact-sm"
        className={classes.submit}
        disabled={draft.text.trim() === '' || wrong !== null}
        data-testid="memory-add-note"
      >
        Remember the note
      </Button>
    </form>
  );
}

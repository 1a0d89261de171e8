import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { NewPattern, type Regime } from '../../../shared/domain/index.ts';
import { badSymbol, REGIME_OPTIONS } from './AddNote.tsx';
import classes from './memory.module.css';
import { addPattern } from './memory-commands.ts';
import { figureOf } from './trade-draft.ts';

const EMPTY = { name: '', description: '', symbol: '', regime: '' as Regime | '', rate: '' };

/** The pattern of a draft, its rate typed in per cent; null while it cannot be one. */
function patternOf({ name, description, symbol, regime, rate }: typeof EMPTY): NewPattern | null {
  const successRate = rate.trim() === '' ? undefined : figureOf(rate) / 100;
  const pattern = { name, description, successRate, symbol: symbol.trim() || undefined, regime: regime || undefined };
  return NewPattern.safeParse(pattern).success ? pattern : null;
}

/** A pattern; what it names decides which settled setups count for it. */
export function AddPattern() {
  const [draft, setDraft] = useState(EMPTY);
  const pattern = patternOf(draft);
  const set = (name: keyof typeof draft) => (event: { currentTarget: { value: string } }) =>
    setDraft({ ...draft, [name]: event.currentTarget.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pattern) void addPattern(pattern).then((stored) => stored && setDraft(EMPTY));
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label="Add a pattern">
      <div className={classes.fields}>
        <TextInput
          size="xs"
          label="Name"
          maxLength={80}
          value={draft.name}
          onChange={set('name')}
          data-testid="pattern-name"
        />
        <TextInput
          size="xs"
          label="Symbol"
          value={draft.symbol}
          error={badSymbol(draft.symbol)}
          onChange={set('symbol')}
        />
        <NativeSelect size="xs" label="Regime" value={draft.regime} data={REGIME_OPTIONS} onChange={set('regime')} />
        <TextInput size="xs" label="Your rate in %" inputMode="decimal" value={draft.rate} onChange={set('rate')} />
      </div>
      <Textarea
        size="xs"
        label="Description"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={4000}
        value={draft.description}
        onChange={set('description')}
        data-testid="pattern-description"
      />
      <Button type="submit" size="compact-sm" className={classes.submit} disabled={!pattern} data-testid="pattern-add">
        Add the pattern
      </Button>
    </form>
  );
}

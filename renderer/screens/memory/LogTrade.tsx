import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Side } from '../../../shared/domain/index.ts';
import { badSymbol } from './AddNote.tsx';
import classes from './memory.module.css';
import { logTrade } from './memory-commands.ts';
import { tradeOf } from './trade-draft.ts';
import { usePatterns } from './useMemories.ts';

const SIDES = [
  { value: 'long', label: 'Long' },
  { value: 'short', label: 'Short' },
];
const FIGURES = [
  ['entry', 'Entry price'],
  ['exit', 'Exit price'],
  ['pnl', 'Result after costs'],
] as const;

/** A trade that the user made elsewhere. */
export function LogTrade({ symbol: opened }: { symbol: string | null }) {
  const empty = { entry: '', exit: '', pnl: '', note: '' };
  const [draft, setDraft] = useState({ ...empty, symbol: opened ?? '', side: 'long' as Side, pattern: '' });
  const patterns = usePatterns(undefined).data ?? [];
  const trade = tradeOf(draft);
  const wrong = badSymbol(draft.symbol);
  const set = (name: keyof typeof draft) => (event: { currentTarget: { value: string } }) =>
    setDraft({
      ...draft,
      [name]: name === 'symbol' ? event.currentTarget.value.toUpperCase() : event.currentTarget.value,
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (trade) void logTrade(trade).then((stored) => stored && setDraft({ ...draft, ...empty }));
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label="Log a trade">
      <div className={classes.fields}>
        <TextInput size="xs" label="Symbol" value={draft.symbol} error={wrong} onChange={set('symbol')} />
        <NativeSelect size="xs" label="Side" value={draft.side} data={SIDES} onChange={set('side')} />
        {FIGURES.map(([name, label]) => (
          <TextInput
            key={name}
            size="xs"
            label={label}
            inputMode="decimal"
            value={draft[name]}
            onChange={set(name)}
            data-testid={`trade-${name}`}
          />
        ))}
        <NativeSelect
          size="xs"
          label="Pattern"
          value={draft.pattern}
          data={[{ value: '', label: 'None' }, ...patterns.map(({ name }) => name)]}
          onChange={set('pattern')}
        />
      </div>
      <TextInput size="xs" label="Note" maxLength={2000} value={draft.note} onChange={set('note')} />
      <Button type="submit" size="compact-sm" className={classes.submit} disabled={!trade} data-testid="trade-log">
        Log the trade
      </Button>
    </form>
  );
}

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Side, TradeView } from '../../../shared/domain/index.ts';
import { badSymbol } from './AddNote.tsx';
import classes from './memory.module.css';
import { amendTrade, logTrade } from './memory-commands.ts';
import { draftOf, type TradeDraft, tradeOf } from './trade-draft.ts';
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

const EMPTY = { entry: '', exit: '', pnl: '', note: '' };

interface Props {
  symbol: string | null;
  /** The trade that is corrected or closed; null for another one. */
  edited: TradeView | null;
  onDone: () => void;
}

/** A trade that the user made elsewhere; one without exit and result is open. */
export function LogTrade({ symbol: opened, edited, onDone }: Props) {
  const [draft, setDraft] = useState<TradeDraft>(
    edited ? draftOf(edited) : { ...EMPTY, symbol: opened ?? '', side: 'long' satisfies Side, pattern: '' },
  );
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
    if (!trade) return;
    const stored = edited ? amendTrade(edited.id, { ...trade, strategy: edited.strategy }) : logTrade(trade);
    void stored.then((done) => {
      if (!done) return;
      setDraft({ ...draft, ...EMPTY });
      onDone();
    });
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label={edited ? 'Correct a trade' : 'Log a trade'}>
      <p className="dim">
        {edited
          ? `In place of the ${edited.side} ${edited.symbol} from ${edited.entry}; what was known before stays known for earlier.`
          : 'Without exit and result it is open: it stands as pending, and counts once you close it.'}
      </p>
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
      <div className={classes.buttons}>
        <Button type="submit" size="compact-sm" disabled={!trade} data-testid="trade-log">
          {edited ? 'Save the trade' : 'Log the trade'}
        </Button>
        {edited && (
          <Button size="compact-sm" variant="subtle" onClick={onDone}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}

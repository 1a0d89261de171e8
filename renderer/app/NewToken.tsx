import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { engine, useStore } from '../engine/index.ts';
import { readAddress } from './address.ts';
import classes from './shell.module.css';

/** Takes the address that the server printed and goes there, on the page's own origin. */
export function AddressForm() {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const pasted = readAddress(text, location);
    if ('link' in pasted) location.assign(pasted.link);
    else setProblem(pasted.problem);
  };
  return (
    <form className={classes.address} onSubmit={submit}>
      <TextInput
        size="xs"
        aria-label="Address or token that the server printed"
        placeholder="http://127.0.0.1:...?token=..."
        autoComplete="off"
        spellCheck={false}
        value={text}
        error={problem}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
        data-testid="new-address"
      />
      <Button type="submit" size="xs" disabled={text.trim() === ''} data-testid="open-address">
        Open
      </Button>
    </form>
  );
}

/** Stands above the last view while the server refuses this page's token. */
export function NewToken() {
  const refused = useStore(engine, (state) => state.phase === 'refused');
  if (!refused) return null;
  return (
    <div className={classes.notice} role="alert" data-testid="new-token">
      <span>
        The server was restarted with a new token. Everything stored is safe, and this page shows what it last knew.
        Paste the address that the server printed:
      </span>
      <AddressForm />
    </div>
  );
}

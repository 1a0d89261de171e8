import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LanguageModelFinding, SettingView } from '../../../shared/domain/index.ts';
import { api, engine, toFailure, useStore } from '../../engine/index.ts';
import { changesMade } from './set-setting.ts';
import classes from './settings.module.css';

interface Tried {
  /** The settings that were tried. */
  of: string;
  /** Null while it is asked. */
  found: LanguageModelFinding | null;
}

const TRIED = ['LLM_BACKEND', 'OLLAMA_BASE_URL', 'OLLAMA_MODEL'];

const triedOf = (settings: readonly SettingView[]) =>
  JSON.stringify(settings.filter(({ name }) => TRIED.includes(name)));

async function ask(online: boolean): Promise<LanguageModelFinding> {
  try {
    return await api().models.tryLanguage({ online });
  } catch (error) {
    return { state: 'problem', sentence: toFailure(error).sentence, unasked: null };
  }
}

/** Whether the language model of the settings answers; a server on another machine is asked at a second word only. */
export function TryLanguageModel() {
  const inForce = useStore(engine, (state) => triedOf(state.settings));
  const [tried, setTried] = useState<Tried | null>(null);
  const now = tried?.of === inForce ? tried : null;
  const busy = now?.found === null;
  const start = async (online: boolean) => {
    await changesMade();
    const of = triedOf(engine.get().settings);
    setTried({ of, found: null });
    const found = await ask(online);
    setTried((latest) => (latest?.of === of ? { of, found } : latest));
  };
  return (
    <div className={classes.try}>
      <Button
        size="compact-sm"
        variant="default"
        aria-disabled={busy}
        onClick={() => busy || void start(false)}
        data-testid="language-try"
      >
        Try
      </Button>
      <div className={classes.tried} role="status" data-state={now?.found?.state} data-testid="language-tried">
        {busy && 'Asking'}
        {now?.found && <Found found={now.found} />}
        {!now && (
          <span className="dim">Says whether it answers, and which models a server has. No model is loaded.</span>
        )}
      </div>
      {now?.found?.unasked && (
        <Button size="compact-sm" variant="default" onClick={() => void start(true)} data-testid="language-try-online">
          Ask it now
        </Button>
      )}
    </div>
  );
}

const SIGNS = { ok: 'In order', warning: 'Note', problem: 'Not in order' } as const;

function Found({ found: { state, sentence, unasked } }: { found: LanguageModelFinding }) {
  if (unasked) return `${unasked} is on another machine, and has not been asked.`;
  return (
    <>
      <b>{SIGNS[state]}.</b> {sentence}
    </>
  );
}

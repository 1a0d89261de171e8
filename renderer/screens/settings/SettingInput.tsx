import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { SettingName } from '../../../shared/domain/index.ts';
import { setSetting, useSetting } from './set-setting.ts';
import { fixedBy, originLine } from './setting-origin.ts';
import classes from './settings.module.css';

interface Props {
  name: SettingName;
  label: string;
  /** What it does, in a sentence. */
  description: string;
  inputMode?: 'text' | 'url' | 'numeric' | 'decimal';
}

/** A setting that is typed: in force at Enter, or when the field is left; Esc takes back what was typed. Its test id is its name. */
export function SettingInput({ name, label, description, inputMode = 'text' }: Props) {
  const setting = useSetting(name);
  const [draft, setDraft] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  if (!setting) return null;
  const inForce = `${setting.value}`;
  const commit = async () => {
    const typed = draft?.trim() ?? inForce;
    const problem = typed === inForce ? null : await setSetting(name, typed);
    setRefused(problem);
    if (problem === null) setDraft((now) => (now === draft ? null : now));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void commit();
    if (event.key !== 'Escape') return;
    setDraft(null);
    setRefused(null);
  };
  return (
    <TextInput
      size="xs"
      label={label}
      description={
        <>
          {description}
          <br />
          {originLine(setting)}
        </>
      }
      classNames={{ description: classes.note, error: classes.note }}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      inputMode={inputMode}
      value={draft ?? inForce}
      error={refused}
      errorProps={{ role: 'alert' }}
      readOnly={fixedBy(setting) !== null}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void commit()}
      onKeyDown={onKeyDown}
      data-mantine-stop-propagation={draft !== null}
      data-testid={name}
    />
  );
}

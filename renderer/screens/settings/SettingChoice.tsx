import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { SettingName, SettingView } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { api, engine, useStore } from '../../engine/index.ts';

export interface SettingOption {
  value: string;
  label: string;
  /** What it does, in a sentence. */
  description: string;
}

interface Props {
  name: SettingName;
  label: string;
  options: readonly SettingOption[];
  /** Each option's test id is this and its value. */
  testId: string;
}

/** Why a choice has no effect here, where it has none. */
function fixedBy(name: string, origin: SettingView['origin'] | undefined): string | null {
  if (origin === 'flag')
    return 'It was set by a flag when Brainnet was started, which stands above what is chosen here.';
  if (origin === 'environment') return `It was set by the variable ${name}, which stands above what is chosen here.`;
  return null;
}

async function choose(name: string, value: string): Promise<void> {
  const settings = await attempt(() => api().settings.set({ name, value }));
  if (settings) engine.set({ ...engine.get(), settings });
}

/** One of a few values of a setting, each with what it does. */
export function SettingChoice({ name, label, options, testId }: Props) {
  const setting = useStore(engine, (state) => state.settings.find((one) => one.name === name));
  const [busy, setBusy] = useState(false);
  const fixed = fixedBy(name, setting?.origin);
  const change = (value: string) => {
    setBusy(true);
    void choose(name, value).finally(() => setBusy(false));
  };
  return (
    <>
      <Radio.Group label={label} value={`${setting?.value ?? ''}`} onChange={change}>
        <Stack gap="sm" mt="sm">
          {options.map((option) => (
            <Radio
              key={option.value}
              {...option}
              size="xs"
              styles={{ label: { fontSize: 12 }, description: { fontSize: 12 } }}
              disabled={busy || fixed !== null}
              data-testid={`${testId}-${option.value}`}
            />
          ))}
        </Stack>
      </Radio.Group>
      {fixed && <p className="dim">{fixed}</p>}
    </>
  );
}

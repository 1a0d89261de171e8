import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { SettingName } from '../../../shared/domain/index.ts';
import { setSetting, useSetting } from './set-setting.ts';
import { fixedBy, originLine } from './setting-origin.ts';
import classes from './settings.module.css';

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

/** One of a few values of a setting, each with what it does. */
export function SettingChoice({ name, label, options, testId }: Props) {
  const setting = useSetting(name);
  const [refused, setRefused] = useState<string | null>(null);
  if (!setting) return null;
  const fixed = fixedBy(setting) !== null;
  return (
    <Radio.Group
      label={label}
      description={originLine(setting)}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      value={`${setting.value}`}
      error={refused}
      classNames={{ description: classes.note }}
      onChange={(value) => void setSetting(name, value).then(setRefused)}
    >
      <Stack gap="sm" mt="sm" mb="xs">
        {options.map((option) => (
          <Radio
            key={option.value}
            {...option}
            size="xs"
            styles={{
              label: { fontSize: 12, ...(fixed && { color: 'var(--bn-dim)' }) },
              description: { fontSize: 12 },
            }}
            disabled={fixed}
            data-testid={`${testId}-${option.value}`}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

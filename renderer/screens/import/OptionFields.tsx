import { NativeSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CsvOptions } from '../../../shared/domain/index.ts';
import { CHOICES, withChoice } from './choices.ts';
import classes from './import.module.css';

interface Props {
  /** What the user overrules. */
  told: CsvOptions;
  /** Every option in force; null where the file could not be read at all. */
  inForce: Required<CsvOptions> | null;
  onChange: (told: CsvOptions) => void;
}

/** How an option reads while nothing overrules it. */
function recognised(words: string | undefined): string {
  return words === undefined ? 'Recognise it' : `As read: ${words}`;
}

function CurrencyField({ told, inForce, onChange }: Props) {
  const [text, setText] = useState(told.currency ?? '');
  const parsed = CsvOptions.shape.currency.safeParse(text);
  const wrong = text !== '' && !parsed.success;
  const commit = (value: string) => {
    setText(value);
    const next = CsvOptions.shape.currency.safeParse(value);
    if (value === '' || next.success) onChange(withChoice(told, 'currency', value === '' ? '' : (next.data ?? '')));
  };
  return (
    <TextInput
      size="xs"
      label="Currency"
      placeholder={recognised(inForce?.currency)}
      value={text}
      error={wrong ? 'Such as USD or EUR' : null}
      onChange={(event) => commit(event.currentTarget.value.trim().toUpperCase())}
      data-testid="import-currency"
    />
  );
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

function ZoneField({ told, inForce, onChange }: Props) {
  return (
    <Select
      size="xs"
      label="Time zone of the exchange"
      placeholder={recognised(inForce?.timezone)}
      searchable
      clearable
      limit={40}
      value={told.timezone ?? null}
      data={ZONES}
      onChange={(value) => onChange(withChoice(told, 'timezone', value ?? ''))}
      nothingFoundMessage="No zone has this name, such as Europe/Berlin"
      data-testid="import-timezone"
    />
  );
}

/** How the file is to be read: each option as recognised, or as the user says. */
export function OptionFields(props: Props) {
  const { told, inForce, onChange } = props;
  return (
    <div className={classes.options}>
      {CHOICES.map(({ name, label, values }) => (
        <NativeSelect
          key={name}
          size="xs"
          label={label}
          value={told[name] === undefined ? '' : String(told[name])}
          data={[
            {
              value: '',
              label: recognised(inForce && told[name] === undefined ? values[`${inForce[name]}`] : undefined),
            },
            ...Object.entries(values).map(([value, words]) => ({ value, label: words })),
          ]}
          onChange={(event) => onChange(withChoice(told, name, event.currentTarget.value))}
          data-testid={`import-${name}`}
        />
      ))}
      <ZoneField {...props} />
      <CurrencyField {...props} />
    </div>
  );
}

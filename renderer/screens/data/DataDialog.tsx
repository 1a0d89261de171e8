import { Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { SettingView } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { dataOpen } from '../../app/panels.ts';
import { api, engine, useStore } from '../../engine/index.ts';

const SOURCES = [
  {
    value: 'none',
    label: 'No live source',
    description:
      'Nothing is sent anywhere, unless you press Search Yahoo or open a symbol that you took from Yahoo or Stooq.',
  },
  {
    value: 'yahoo',
    label: 'Yahoo',
    description:
      'What you type to find a symbol is sent to Yahoo, and so are the symbols you look at or analyze that are not samples or imports.',
  },
  {
    value: 'stooq',
    label: 'Stooq',
    description:
      'The symbols you look at or analyze that are not samples or imports are sent to Stooq. Daily bars; it has no search.',
  },
];

const FIXED: Partial<Record<SettingView['origin'], string>> = {
  flag: 'It was set by a flag when Brainnet was started, which stands above what is chosen here.',
  environment: 'It was set by the variable LIVE_SOURCE, which stands above what is chosen here.',
};

async function choose(value: string): Promise<void> {
  const settings = await attempt(() => api().settings.set({ name: 'LIVE_SOURCE', value }));
  if (settings) engine.set({ ...engine.get(), settings });
}

function Choice() {
  const setting = useStore(engine, (state) => state.settings.find((one) => one.name === 'LIVE_SOURCE'));
  const [busy, setBusy] = useState(false);
  const fixed = setting && FIXED[setting.origin];
  const change = (value: string) => {
    setBusy(true);
    void choose(value).finally(() => setBusy(false));
  };
  return (
    <>
      <Radio.Group
        label="Where bars and names are looked for on the network"
        value={`${setting?.value ?? 'none'}`}
        onChange={change}
      >
        <Stack gap="sm" mt="sm">
          {SOURCES.map((source) => (
            <Radio
              key={source.value}
              {...source}
              size="xs"
              styles={{ label: { fontSize: 12 }, description: { fontSize: 12 } }}
              disabled={busy || fixed !== undefined}
              data-testid={`live-${source.value}`}
            />
          ))}
        </Stack>
      </Radio.Group>
      {fixed && <p className="dim">{fixed}</p>}
      <p className="dim">
        Bars that came once are kept, so that what you saw can be read without a network. Decisions, lists and imported
        bars are never sent.
      </p>
    </>
  );
}

/** Which source on the network is switched on, with what is sent where. */
export function DataDialog() {
  const open = useStore(dataOpen, (value) => value);
  return (
    <Modal opened={open} onClose={() => dataOpen.set(false)} title="Data sources">
      <Choice />
    </Modal>
  );
}

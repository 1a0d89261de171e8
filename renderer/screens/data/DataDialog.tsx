import { Modal } from '@mantine/core';
import { dataOpen } from '../../app/panels.ts';
import { useStore } from '../../engine/index.ts';
import { SettingChoice, type SettingOption } from '../settings/SettingChoice.tsx';

const SOURCES: readonly SettingOption[] = [
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

/** Which source on the network is switched on, with what is sent where. */
export function DataDialog() {
  const open = useStore(dataOpen, (value) => value);
  return (
    <Modal opened={open} onClose={() => dataOpen.set(false)} title="Data sources">
      <SettingChoice
        name="LIVE_SOURCE"
        label="Where bars and names are looked for on the network"
        options={SOURCES}
        testId="live"
      />
      <p className="dim">
        Bars that came once are kept, so that what you saw can be read without a network. Decisions, lists and imported
        bars are never sent.
      </p>
    </Modal>
  );
}

import { Modal, Stack } from '@mantine/core';
import { judgementOpen } from '../../app/panels.ts';
import { useStore } from '../../engine/index.ts';
import { SettingChoice, type SettingOption } from './SettingChoice.tsx';

const GATES: readonly SettingOption[] = [
  { value: 'off', label: 'Off', description: 'The edge is shown as a figure, and no decision is changed by it.' },
  {
    value: 'warn',
    label: 'Warn',
    description:
      'A position says so where the lower bound of its P(correct) does not exceed break-even, and stays a position.',
  },
  {
    value: 'enforce',
    label: 'Enforce',
    description: 'Such a position becomes a hold, with that as its reason.',
  },
];

const EXPERIENCE: readonly SettingOption[] = [
  {
    value: 'both',
    label: 'Live and replayed decisions',
    description: 'There are outcomes to learn from at once; the sentence says how many of them were replayed.',
  },
  {
    value: 'live',
    label: 'Live decisions only',
    description: 'P(correct) stays uncalibrated until 50 live decisions have settled.',
  },
];

/** How decisions are judged by what became of earlier ones; in force from the next analysis on. */
export function JudgementDialog() {
  const open = useStore(judgementOpen, (value) => value);
  return (
    <Modal opened={open} onClose={() => judgementOpen.set(false)} title="Judgement">
      <Stack gap="lg">
        <SettingChoice
          name="EDGE_GATE"
          label="Where a position shows no edge over what it must win to break even"
          options={GATES}
          testId="edge-gate"
        />
        <SettingChoice
          name="CALIBRATE_ON"
          label="What P(correct) and the track record of live decisions are drawn from"
          options={EXPERIENCE}
          testId="calibrate-on"
        />
        <p className="dim">
          In force from the next analysis on. Decisions that are stored keep what they were judged by.
        </p>
      </Stack>
    </Modal>
  );
}

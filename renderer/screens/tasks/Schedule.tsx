import { Button, Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import {
  INTERVALS,
  type Interval,
  SCHEDULE_MINUTES,
  ScheduleSettings,
  type ScheduleState,
} from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { api, queries, useQuery } from '../../engine/index.ts';
import { utc } from '../../format/index.ts';
import { useWatchlists } from '../../workspace/index.ts';
import classes from './tasks.module.css';

const EVERY = [
  { value: 'bar-close', label: 'when a bar has closed' },
  ...SCHEDULE_MINUTES.map((minutes) => ({ value: String(minutes), label: `every ${inWords(minutes)}` })),
];

function inWords(minutes: number): string {
  if (minutes === 1) return 'minute';
  if (minutes < 60) return `${minutes} minutes`;
  return minutes === 60 ? 'hour' : `${minutes / 60} hours`;
}

const everyOf = (value: string): ScheduleSettings['every'] =>
  value === 'bar-close' ? value : (Number(value) as ScheduleSettings['every']);

async function save(state: ScheduleState, change: Partial<ScheduleSettings>): Promise<void> {
  const settings = ScheduleSettings.parse({ ...state, ...change });
  const saved = await attempt(() => api().schedule.set(settings));
  if (saved) queries.put('schedule', saved);
}

function Form({ state }: { state: ScheduleState }) {
  const lists = useWatchlists().data ?? [];
  const names = [...new Set([state.watchlist, ...lists.map(({ name }) => name)])];
  const change = (part: Partial<ScheduleSettings>) => void save(state, part);
  return (
    <div className={classes.schedule}>
      <Select
        label="Watchlist"
        size="xs"
        allowDeselect={false}
        data={names}
        value={state.watchlist}
        onChange={(watchlist) => watchlist && change({ watchlist })}
      />
      <Select
        label="Bars"
        size="xs"
        allowDeselect={false}
        data={[...INTERVALS]}
        value={state.interval}
        onChange={(interval) => interval && change({ interval: interval as Interval })}
      />
      <Select
        label="Run"
        size="xs"
        allowDeselect={false}
        data={EVERY}
        value={String(state.every)}
        onChange={(every) => every && change({ every: everyOf(every) })}
      />
      <Checkbox
        size="xs"
        label="Only while the market is open"
        checked={state.onlyOpen}
        onChange={(event) => change({ onlyOpen: event.currentTarget.checked })}
      />
    </div>
  );
}

function summary({ on, nextRun, watchlist }: ScheduleState): string {
  if (!on) return 'off';
  return nextRun ? `${watchlist}, next ${utc(nextRun)}` : `${watchlist}, no run in sight`;
}

/** The saved schedule: on or off, what it runs, when it runs next and what the last run came to. */
export function Schedule() {
  const { data: state } = useQuery<ScheduleState>('schedule', (signal) => api().schedule.get(undefined, { signal }));
  const [open, setOpen] = useState(false);
  if (!state) return null;
  return (
    <section className={classes.run} aria-label="Schedule" data-testid="schedule">
      <div className={classes.line}>
        <h3>Schedule</h3>
        <span className={classes.pace} data-testid="schedule-state">
          {summary(state)}
        </span>
        <Button
          size="compact-xs"
          variant="default"
          aria-pressed={state.on}
          onClick={() => void save(state, { on: !state.on })}
          data-testid="schedule-switch"
        >
          {state.on ? 'Switch off' : 'Switch on'}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Less' : 'Change'}
        </Button>
      </div>
      {state.lastRun && (
        <p className="dim">
          Last run {utc(state.lastRun.at)}: {state.lastRun.sentence}
        </p>
      )}
      {open && <Form state={state} />}
    </section>
  );
}

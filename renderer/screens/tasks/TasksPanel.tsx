import type { KeyboardEvent } from 'react';
import { activeRun, cancelRun } from '../../app/commands.ts';
import { EmptyNote, Panel } from '../../components/index.ts';
import { engine, useStore } from '../../engine/index.ts';
import { RunCard } from './RunCard.tsx';
import { Schedule } from './Schedule.tsx';

const SHOWN = 30;

/** Runs, newest first; Esc cancels the one at work while the focus is here. */
export function TasksPanel() {
  const runs = useStore(engine, (state) => state.runs);
  const onKeyDown = (event: KeyboardEvent) => {
    const run = activeRun();
    if (event.key === 'Escape' && run) cancelRun(run.id);
  };
  return (
    <Panel id="tasks" label="Task centre" on={{ onKeyDown }}>
      <Schedule />
      {runs.length === 0 && (
        <EmptyNote title="Nothing has run yet.">Press Analyze watchlist, or Ctrl+Shift+A.</EmptyNote>
      )}
      {runs.slice(0, SHOWN).map((run) => (
        <RunCard key={run.id} run={run} />
      ))}
    </Panel>
  );
}

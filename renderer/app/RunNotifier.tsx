import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { engine, useStore } from '../engine/index.ts';
import { endedBetween, runSummary } from './runs.ts';

/** Tells the end of a run once. */
export function RunNotifier() {
  const runs = useStore(engine, (state) => state.runs);
  const before = useRef(runs);
  useEffect(() => {
    for (const run of endedBetween(before.current, runs)) {
      notifications.show({
        title: run.title,
        message: runSummary(run),
        color: run.status === 'done' && run.failed === 0 ? 'teal' : 'yellow',
        autoClose: 8000,
      });
    }
    before.current = runs;
  }, [runs]);
  return null;
}

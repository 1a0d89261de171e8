import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { engine, useStore } from '../../engine/index.ts';
import { counted, SOURCE_NAMES } from '../../format/index.ts';
import { clockDate, useClock, useWatchlist } from '../../workspace/index.ts';
import { QueueLine } from '../language/QueueLine.tsx';
import classes from './statusbar.module.css';

function useSources(): string {
  const list = useWatchlist();
  return useMemo(() => {
    const sources = new Set(list?.items.map((item) => item.source));
    return [...sources].map((source) => SOURCE_NAMES[source]).join(', ') || 'no bars';
  }, [list]);
}

/** What the page stands on, in one line. */
export function StatusBar() {
  const clock = useClock();
  const sources = useSources();
  const live = useStore(engine, (state) => state.settings.find((one) => one.name === 'LIVE_SOURCE')?.value ?? 'none');
  const decisions = useStore(engine, (state) => state.decisions);
  const version = useStore(engine, (state) => state.version);
  const jobs = useStore(engine, (state) => state.runs.filter((run) => run.status === 'running').length);
  return (
    <footer className={classes.bar}>
      <span>Data: {sources}</span>
      <span>Live source: {live}</span>
      <span className={`${classes.wide} num`}>Clock: {clock === 'latest' ? 'latest bar' : clockDate(clock)}</span>
      <QueueLine />
      <span className={classes.space} />
      <span className={`${classes.wide} num`}>{counted(decisions, 'decision')}</span>
      <span className="num">{counted(jobs, 'job')} running</span>
      <span className="dim">v{version}</span>
      <Tooltip label="Paper only: nothing here places an order.">
        <span className={classes.paper}>PAPER</span>
      </Tooltip>
    </footer>
  );
}

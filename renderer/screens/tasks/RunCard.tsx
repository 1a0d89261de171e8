import { Button, Progress } from '@mantine/core';
import { memo, useState } from 'react';
import type { RunItem, RunState, Stage } from '../../../shared/domain/index.ts';
import { analyzeStale, cancelRun, retryFailed } from '../../app/commands.ts';
import { failedSymbols, isOpen, tallyLine } from '../../app/runs.ts';
import { ActionMark } from '../../components/index.ts';
import { sentenceOf } from '../../engine/index.ts';
import { certainty, counted, duration, figure, utc } from '../../format/index.ts';
import classes from './tasks.module.css';

const STAGE_WORDS: Record<Stage, string> = {
  bars: 'reading bars',
  fields: 'drawing fields',
  network: 'reading the picture',
  judge: 'judging',
  refine: 'taking more looks',
  store: 'storing',
};

const STATUS_WORDS: Record<RunState['status'], string> = {
  queued: 'Queued',
  running: 'Running',
  done: 'Done',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

function itemText(item: RunItem): string {
  if (item.status === 'running' && item.stage) return STAGE_WORDS[item.stage];
  return item.status;
}

const Item = memo(function Item({ item }: { item: RunItem }) {
  return (
    <li data-status={item.status} title={item.error?.sentence}>
      <b>{item.symbol}</b>
      {item.action ? (
        <>
          <ActionMark action={item.action} />
          <span className="num dim">{certainty(item.confidence)}</span>
        </>
      ) : (
        <span className="dim">{itemText(item)}</span>
      )}
    </li>
  );
}, sameItem);

function sameItem({ item: a }: { item: RunItem }, { item: b }: { item: RunItem }): boolean {
  return a.status === b.status && a.stage === b.stage && a.action === b.action && a.symbol === b.symbol;
}

function Failures({ run }: { run: RunState }) {
  const failed = run.items.filter((item) => item.error);
  if (failed.length === 0) return null;
  return (
    <div role="alert">
      <ul className={classes.failures}>
        {failed.map((item) => (
          <li key={`${item.source}|${item.symbol}`}>{failureLine(item)}</li>
        ))}
      </ul>
    </div>
  );
}

/** Names the symbol unless the sentence does. */
function failureLine({ symbol, error }: RunItem): string {
  const sentence = error ? sentenceOf(error) : '';
  return sentence.includes(symbol) ? sentence : `${symbol}: ${sentence}`;
}

function pace(run: RunState): string {
  if (run.status === 'queued') return `${counted(run.total, 'symbol')}, behind another run`;
  if (run.status !== 'running') return tallyLine(run);
  const done = `${run.done + run.failed} of ${run.total}`;
  if (run.ratePerSecond === null) return `${done}, starting`;
  return `${done}, ${figure(run.ratePerSecond, 1)} a second, ${duration(run.leftMs)} left`;
}

/** A run: how far it is, what each symbol does, what failed. */
export const RunCard = memo(function RunCard({ run }: { run: RunState }) {
  const running = isOpen(run);
  const [open, setOpen] = useState(running);
  const finished = run.done + run.failed;
  const stale = running ? 0 : failedSymbols(run, true).length;
  return (
    <article className={classes.run} data-testid="task-run" data-status={run.status} aria-label={run.title}>
      <header>
        <h3>{run.title}</h3>
        <span className={classes.status} data-status={run.status}>
          {STATUS_WORDS[run.status]}
        </span>
        <span className={`num ${classes.started}`}>{utc(run.startedAt)}</span>
      </header>
      <div className={classes.line}>
        <span className={classes.pace}>{pace(run)}</span>
        {run.failed > stale && !running && (
          <Button size="compact-xs" variant="default" onClick={() => retryFailed(run)} data-testid="task-retry">
            Retry failed
          </Button>
        )}
        {stale > 0 && (
          <Button size="compact-xs" variant="default" onClick={() => analyzeStale(run)} data-testid="task-stale">
            Analyze all the same
          </Button>
        )}
        {running && (
          <Button size="compact-xs" variant="default" onClick={() => cancelRun(run.id)} data-testid="task-cancel">
            Cancel
          </Button>
        )}
        {!running && (
          <Button size="compact-xs" variant="subtle" color="gray" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Less' : 'More'}
          </Button>
        )}
      </div>
      {running && (
        <Progress
          size="sm"
          radius={0}
          value={run.total > 0 ? (finished / run.total) * 100 : 0}
          transitionDuration={100}
          aria-label={`${finished} of ${run.total} symbols`}
        />
      )}
      <Failures run={run} />
      {(open || running) && (
        <ul className={classes.items}>
          {run.items.map((item) => (
            <Item key={`${item.source}|${item.symbol}`} item={item} />
          ))}
        </ul>
      )}
    </article>
  );
});

import { ActionIcon, Button, Kbd, Tooltip } from '@mantine/core';
import { analyzeWatchlist, cancelRun } from '../../app/commands.ts';
import { showPanel } from '../../app/panels.ts';
import { runAtWork } from '../../app/runs.ts';
import { Icon } from '../../components/index.ts';
import { engine, useStore } from '../../engine/index.ts';
import { useWatchlist } from '../../workspace/index.ts';
import classes from './topbar.module.css';

/** One button: starts the analysis of the list, then shows how far it is. */
export function AnalyzeButton() {
  const run = useStore(engine, (state) => runAtWork(state.runs));
  const live = useStore(engine, (state) => state.phase === 'live');
  const list = useWatchlist();
  const start = () => {
    showPanel('tasks');
    analyzeWatchlist();
  };
  return (
    <div className={classes.group}>
      <Tooltip
        label={
          <>
            Analyze every symbol of the list at the clock <Kbd size="xs">Ctrl+Shift+A</Kbd>
          </>
        }
      >
        <Button
          size="xs"
          className={classes.analyze}
          leftSection={<Icon name="play" size={12} />}
          variant={run ? 'light' : 'filled'}
          aria-disabled={run !== null}
          disabled={!live || !list || list.items.length === 0}
          onClick={start}
          data-testid="analyze-button"
        >
          {run ? `Analyzing ${run.done + run.failed} of ${run.total}` : 'Analyze watchlist'}
        </Button>
      </Tooltip>
      {run && (
        <Tooltip label="Cancel the analysis; what is decided is kept">
          <ActionIcon variant="default" size={28} aria-label="Cancel the analysis" onClick={() => cancelRun(run.id)}>
            <Icon name="stop" size={11} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

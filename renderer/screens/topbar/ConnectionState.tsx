import { engine, type Phase, useStore } from '../../engine/index.ts';
import classes from './topbar.module.css';

const WORDS: Record<Phase, string> = {
  connecting: 'Connecting',
  live: 'Connected',
  reconnecting: 'Reconnecting',
  refused: 'New token needed',
};

/** Whether the engine hears this page. */
export function ConnectionState() {
  const phase = useStore(engine, (state) => state.phase);
  return (
    <span className={classes.connection} role="status" data-testid="connection-state" data-state={phase}>
      <i aria-hidden="true" />
      {WORDS[phase]}
    </span>
  );
}

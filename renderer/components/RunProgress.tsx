import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './components.module.css';

interface Props {
  testId: string;
  /** How far it is, in words. */
  said: string;
  done: number;
  /** Null or 0 = not known yet. */
  total: number | null;
  /** What the bar is called for those who hear the page. */
  label: string;
  className?: string | undefined;
  /** Buttons that stop it. */
  children: ReactNode;
}

/** How far something that runs long is, with ways to stop it. */
export function RunProgress({ testId, said, done, total, label, className, children }: Props) {
  return (
    <div className={className} data-testid={testId}>
      <div className={classes.running} role="status">
        <span>{said}</span>
        <span className={classes.stops}>{children}</span>
      </div>
      <Progress
        size="sm"
        radius={0}
        value={total ? (100 * done) / total : 0}
        transitionDuration={100}
        aria-label={label}
      />
    </div>
  );
}

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Failure } from '../engine/index.ts';
import classes from './components.module.css';

/** What went wrong, in one sentence, with a way on. */
export function FailureNote({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) {
  return (
    <div className={classes.note} role="alert">
      <p>{failure.sentence}</p>
      <p className="dim mono">{failure.code}</p>
      {onRetry && (
        <Button size="compact-xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A panel with nothing to show yet says what would fill it. */
export function EmptyNote({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={classes.note}>
      <p className={classes.noteTitle}>{title}</p>
      {children}
    </div>
  );
}

export function LoadingNote({ what }: { what: string }) {
  return (
    <div className={classes.note} role="status">
      <p className="dim">Loading {what}</p>
    </div>
  );
}

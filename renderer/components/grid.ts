import type { HTMLAttributes, KeyboardEvent } from 'react';

/** A table whose rows are walked by arrow keys and of which one is selected. */
export const GRID = { role: 'grid' } as const;

/** A picture that is read by keys: a stop of the tab key that keeps the arrow keys. */
export const keyedPicture = (
  label: string,
  onKeyDown: (event: KeyboardEvent) => void,
): HTMLAttributes<HTMLElement> => ({
  role: 'application',
  tabIndex: 0,
  'aria-label': label,
  onKeyDown,
});

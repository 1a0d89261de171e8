import type { HTMLAttributes, ReactNode } from 'react';
import classes from './components.module.css';

interface Props {
  id: string;
  label: string;
  toolbar?: ReactNode;
  children: ReactNode;
  /** The body does not scroll; what stands in it fills it. */
  fill?: boolean;
  /** What the whole region listens to. */
  on?: Pick<HTMLAttributes<HTMLElement>, 'onKeyDown' | 'onDragOver' | 'onDrop'>;
}

/** A dock panel that keys can reach, a toolbar, a body; the dock itself is the landmark around it. */
export function Panel({ id, label, toolbar, children, fill = false, on }: Props) {
  const group = { role: 'group', 'aria-label': label, tabIndex: -1, ...on };
  return (
    <div className={classes.panel} data-panel={id} data-testid={`${id}-panel`} {...group}>
      <h2 className={classes.hidden}>{label}</h2>
      {toolbar && <div className={classes.toolbar}>{toolbar}</div>}
      <div className={fill ? classes.fillBody : classes.body}>{children}</div>
    </div>
  );
}

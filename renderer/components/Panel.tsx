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

/** A dock panel: a named region that keys can reach, a toolbar, a body. */
export function Panel({ id, label, toolbar, children, fill = false, on }: Props) {
  return (
    <section
      className={classes.panel}
      aria-label={label}
      data-panel={id}
      data-testid={`${id}-panel`}
      tabIndex={-1}
      {...on}
    >
      {toolbar && <div className={classes.toolbar}>{toolbar}</div>}
      <div className={fill ? classes.fillBody : classes.body}>{children}</div>
    </section>
  );
}

import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../components/index.ts';
import { engine, useStore } from '../engine/index.ts';
import classes from './shell.module.css';

/** What the user must know at start, until put away. */
export function NoticeStrip() {
  const notices = useStore(engine, (state) => state.notices);
  const [seen, setSeen] = useState<readonly string[]>([]);
  const open = notices.filter((notice) => !seen.includes(notice));
  return open.map((notice) => (
    <div key={notice} className={classes.notice} role="alert">
      <span>{notice}</span>
      <ActionIcon aria-label="Put this notice away" onClick={() => setSeen([...seen, notice])}>
        <Icon name="close" />
      </ActionIcon>
    </div>
  ));
}

import { Popover, UnstyledButton } from '@mantine/core';
import type { Notice } from '../../../shared/domain/index.ts';
import { asSentence } from '../../format/index.ts';
import classes from './chart.module.css';

/** What is to be known of the bars: dropped, repaired, kept ones, units. */
export function SeriesNotes({ notices }: { notices: readonly Notice[] }) {
  if (notices.length === 0) return null;
  return (
    <Popover width={360} withArrow shadow="md" position="bottom-start">
      <Popover.Target>
        <UnstyledButton className={classes.notes} data-testid="chart-notes">
          {notices.length === 1 ? '1 note' : `${notices.length} notes`}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown fz="sm" p="sm">
        <ul className={classes.noteList} aria-label="Notes on these bars">
          {notices.map((notice) => (
            <li key={`${notice.rule}|${notice.sentence}`}>{asSentence(notice.sentence)}</li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

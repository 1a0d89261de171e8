import { Select } from '@mantine/core';
import { openList, useWatchlists, useWorkspace } from '../../workspace/index.ts';
import classes from './topbar.module.css';

export function ListSelect() {
  const lists = useWatchlists().data ?? [];
  const name = useWorkspace('list');
  return (
    <Select
      size="xs"
      className={classes.list}
      aria-label="Watchlist"
      data-testid="watchlist-select"
      allowDeselect={false}
      value={name}
      data={lists.map((list) => ({ value: list.name, label: `${list.name} (${list.items.length})` }))}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
      onChange={(value) => openList(lists.find((list) => list.name === value))}
    />
  );
}

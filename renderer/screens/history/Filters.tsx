import { NativeSelect, Switch, TextInput, Tooltip } from '@mantine/core';
import {
  ACTIONS,
  type Action,
  type Decision,
  INTERVALS,
  type Interval,
  type Origin,
} from '../../../shared/domain/index.ts';
import { ACTION_SIGNS } from '../../format/index.ts';
import classes from './history.module.css';
import type { Filter } from './useHistory.ts';

const ACTION_OPTIONS = [
  { value: '', label: 'Action' },
  ...ACTIONS.map((action) => ({ value: action, label: ACTION_SIGNS[action].word })),
];
const INTERVAL_OPTIONS = [
  { value: '', label: 'Interval' },
  ...INTERVALS.map((interval) => ({ value: interval, label: interval })),
];

const JUDGE_OPTIONS: { value: Decision['judge'] | ''; label: string }[] = [
  { value: '', label: 'Judge' },
  { value: 'numeric', label: 'Numeric' },
  { value: 'llm', label: 'Both' },
];

const ORIGIN_OPTIONS: { value: Origin | 'both'; label: string }[] = [
  { value: 'live', label: 'Live' },
  { value: 'replay', label: 'Replayed' },
  { value: 'both', label: 'Live and replayed' },
];

export function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  return (
    <div className={classes.filters}>
      <TextInput
        size="xs"
        className={classes.symbolFilter}
        placeholder="Symbol"
        aria-label="Only this symbol"
        value={filter.symbol}
        onChange={(event) => onChange({ ...filter, symbol: event.currentTarget.value.toUpperCase() })}
      />
      <NativeSelect
        size="xs"
        className={classes.intervalFilter}
        aria-label="Only this interval"
        value={filter.interval}
        data={INTERVAL_OPTIONS}
        onChange={(event) => onChange({ ...filter, interval: event.currentTarget.value as Interval | '' })}
      />
      <NativeSelect
        size="xs"
        className={classes.actionFilter}
        aria-label="Only this action"
        value={filter.action}
        data={ACTION_OPTIONS}
        onChange={(event) => onChange({ ...filter, action: event.currentTarget.value as Action | '' })}
      />
      <NativeSelect
        size="xs"
        className={classes.actionFilter}
        aria-label="Only this judge"
        value={filter.judge}
        data={JUDGE_OPTIONS}
        onChange={(event) => onChange({ ...filter, judge: event.currentTarget.value as Filter['judge'] })}
      />
      <NativeSelect
        size="xs"
        className={classes.originFilter}
        aria-label="Live or replayed decisions"
        value={filter.origin}
        data={ORIGIN_OPTIONS}
        onChange={(event) => onChange({ ...filter, origin: event.currentTarget.value as Filter['origin'] })}
      />
      <Tooltip label="Also what was decided later than the clock">
        <Switch
          size="xs"
          label={
            <>
              <span className={classes.wide}>Show all</span>
              <span className={classes.narrow}>All</span>
            </>
          }
          className={classes.all}
          checked={filter.all}
          onChange={(event) => onChange({ ...filter, all: event.currentTarget.checked })}
        />
      </Tooltip>
    </div>
  );
}

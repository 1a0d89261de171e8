import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon, InfoTip } from '../../components/index.ts';
import { clockDate, setClock, useClock, useInstruments, useWatchlist } from '../../workspace/index.ts';
import { resetClock, stepClockOnce, toLatest } from './clock-commands.ts';
import classes from './topbar.module.css';

const DATE = /^(19|20)\d\d-\d\d-\d\d$/;

/** A date field that takes a date only when it is whole, and goes back to the clock where it is left without one. */
function ClockInput() {
  const clock = useClock();
  const [draft, setDraft] = useState(clockDate(clock));
  useEffect(() => setDraft(clockDate(clock)), [clock]);
  const restore = () => setDraft(clockDate(clock));
  const commit = (value: string) => {
    setDraft(value);
    if (DATE.test(value) && value !== clockDate(clock)) setClock(value);
  };
  return (
    <input
      id="clock"
      type="date"
      aria-label="Clock (as of)"
      className={classes.clock}
      value={draft}
      min="1960-01-01"
      required
      data-testid="clock-input"
      onChange={(event) => commit(event.currentTarget.value)}
      onBlur={restore}
      onKeyDown={(event) => {
        const left = event.key === 'Tab' && draft === '' && !event.currentTarget.validity.badInput;
        if (left || event.key === 'Enter' || event.key === 'Escape') restore();
      }}
    />
  );
}

/** The last bars of the list's symbols, as years. */
function useEndings(): string {
  const list = useWatchlist();
  const instruments = useInstruments().data ?? [];
  const items = new Set(list?.items.map((item) => `${item.source}|${item.symbol}`));
  const years = instruments
    .filter((instrument) => items.has(`${instrument.source}|${instrument.symbol}`))
    .map((instrument) => instrument.lastDate.slice(0, 4));
  return [...new Set(years)].sort().join(', ');
}

function ClockInfo() {
  const endings = useEndings();
  return (
    <InfoTip label="What the clock does">
      Every panel shows what was knowable at this date, and nothing later; only the Task centre lists every run with its
      results, whatever date it stood at. The bundled samples end in 2013, 2018 and 2022, so their lists open with the
      clock set back: what followed lies ahead and can be revealed on the chart.
      {endings && ` The bars of this list end in ${endings}.`}
    </InfoTip>
  );
}

/** The as-of of the whole page. */
export function ClockControl() {
  const clock = useClock();
  const list = useWatchlist();
  return (
    <fieldset className={classes.group} aria-label="Clock">
      <label htmlFor="clock" className={classes.label}>
        Clock (as of)
      </label>
      <Tooltip label="One bar back  [">
        <ActionIcon aria-label="Clock one bar back" onClick={() => void stepClockOnce(-1)}>
          <Icon name="left" />
        </ActionIcon>
      </Tooltip>
      <ClockInput />
      <Tooltip label="One bar on  ]">
        <ActionIcon aria-label="Clock one bar on" onClick={() => void stepClockOnce(1)}>
          <Icon name="right" />
        </ActionIcon>
      </Tooltip>
      <Button
        size="compact-xs"
        variant={clock === 'latest' ? 'light' : 'default'}
        aria-pressed={clock === 'latest'}
        onClick={toLatest}
      >
        Latest
      </Button>
      <Tooltip
        label={
          list?.defaultAsOf
            ? `Back to ${list.defaultAsOf.slice(0, 10)}, where this list opens`
            : 'Back to where this list opens'
        }
      >
        <ActionIcon aria-label="Reset the clock to the date of the list" onClick={() => void resetClock()}>
          <Icon name="reset" />
        </ActionIcon>
      </Tooltip>
      <ClockInfo />
    </fieldset>
  );
}

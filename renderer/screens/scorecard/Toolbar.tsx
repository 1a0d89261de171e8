import { Button, Menu, SegmentedControl, Switch, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import classes from './scorecard.module.css';
import { type ScoredJudge, type ScoredOrigin, settleNow } from './useScorecard.ts';

const ORIGINS: { value: ScoredOrigin; label: string }[] = [
  { value: 'live', label: 'Live' },
  { value: 'replay', label: 'Replayed' },
  { value: 'both', label: 'Both, mixed' },
];

const JUDGES: { value: ScoredJudge; label: string }[] = [
  { value: 'numeric', label: 'Numeric' },
  { value: 'language', label: 'Language' },
  { value: 'combined', label: 'Combined' },
];

async function settle(online: boolean): Promise<void> {
  const message = await settleNow(online);
  if (message) notifications.show({ title: 'Outcomes', message });
}

function SettleMenu() {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-xs" variant="default">
          Settle
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void settle(false)}>By the bars on this machine</Menu.Item>
        <Menu.Item onClick={() => void settle(true)}>Ask the live sources for new bars too</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface Props {
  origin: ScoredOrigin;
  onOrigin: (origin: ScoredOrigin) => void;
  judge: ScoredJudge;
  onJudge: (judge: ScoredJudge) => void;
  all: boolean;
  onAll: (all: boolean) => void;
}

/** Whose decisions count, and up to when. */
export function Toolbar({ origin, onOrigin, judge, onJudge, all, onAll }: Props) {
  return (
    <div className={classes.bar}>
      <SegmentedControl
        size="xs"
        aria-label="Live or replayed decisions"
        value={origin}
        data={ORIGINS}
        onChange={(value) => onOrigin(value as ScoredOrigin)}
        data-testid="scorecard-origin"
      />
      <SegmentedControl
        size="xs"
        aria-label="Whose decisions"
        value={judge}
        data={JUDGES}
        onChange={(value) => onJudge(value as ScoredJudge)}
        data-testid="scorecard-judge"
      />
      <Tooltip label="Also outcomes that became known later than the clock">
        <Switch
          size="xs"
          label="Show all"
          checked={all}
          onChange={(event) => onAll(event.currentTarget.checked)}
          data-testid="scorecard-all"
        />
      </Tooltip>
      <span className={classes.push}>
        <SettleMenu />
      </span>
    </div>
  );
}

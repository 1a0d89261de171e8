import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { LeakageEstimate } from '../../../shared/domain/index.ts';
import { InfoTip, RunProgress } from '../../components/index.ts';
import { duration, whole } from '../../format/index.ts';
import { LeakageTable } from './LeakageTable.tsx';
import {
  cancelLeakage,
  type TestedJudge,
  testLeakage,
  useLeakageEstimate,
  useLeakageRun,
  useLeakageTests,
} from './leakage-run.ts';
import classes from './scorecard.module.css';

const WINDOWS: Record<TestedJudge, number> = { numeric: 200, language: 40 };

function Running() {
  const run = useLeakageRun();
  if (!run) return null;
  const { done, total, leftMs } = run;
  const far = total === null ? 'The test begins' : `${whole(done)} of ${whole(total)} windows`;
  return (
    <RunProgress
      testId="leakage-progress"
      said={`${far}${leftMs === null ? '' : `, ${duration(leftMs)} left`}`}
      {...{ done, total }}
      label={`Testing for leakage, ${done} of ${total ?? 'some'} windows`}
    >
      <Button size="compact-xs" variant="default" onClick={cancelLeakage} data-testid="leakage-cancel">
        Cancel
      </Button>
    </RunProgress>
  );
}

function Budget({ estimate }: { estimate: LeakageEstimate | undefined }) {
  if (!estimate) return null;
  const { windows, done, seconds } = estimate;
  return (
    <span className="dim" data-testid="leakage-budget">
      {whole(windows)} windows of the samples{done > 0 && `, ${whole(done)} of them done before`}:{' '}
      {seconds === null ? 'the time is told once the model has been measured' : `about ${duration(1000 * seconds)}`}
    </span>
  );
}

interface StartProps {
  judge: TestedJudge;
  windows: number;
  onWindows: (windows: number) => void;
}

function Start({ judge, windows, onWindows }: StartProps) {
  const { data } = useLeakageEstimate(judge, windows);
  return (
    <div className={classes.start}>
      <NumberInput
        size="xs"
        className={classes.windows}
        aria-label="Windows of the test"
        min={4}
        max={2000}
        clampBehavior="strict"
        allowDecimal={false}
        value={windows}
        onChange={(value) => onWindows(typeof value === 'number' && value >= 4 ? value : 4)}
      />
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => void testLeakage(judge, windows)}
        data-testid="leakage-start"
      >
        {data && data.done > 0 ? 'Go on with the test' : 'Test for leakage'}
      </Button>
      <Budget estimate={data} />
    </div>
  );
}

/** Whether the judge knows the past by its name: the newest test of it, and the way to another. */
export function LeakagePanel({ judge }: { judge: TestedJudge }) {
  const run = useLeakageRun();
  const [windows, setWindows] = useState(WINDOWS);
  const { data } = useLeakageTests();
  const newest = data?.find((test) => test.judge === judge);
  return (
    <section aria-label="Leakage test" className={classes.leakage} data-testid="leakage-panel">
      <h3>
        Leakage test
        <InfoTip label="What a leakage test is">
          The same windows with symbol and dates shown, hidden, at another price level, and with the path moved by a
          tenth of a step. A judge that remembers these years decides otherwise once their names are gone.
        </InfoTip>
      </h3>
      {run ? (
        <Running />
      ) : (
        <Start
          judge={judge}
          windows={windows[judge]}
          onWindows={(asked) => setWindows({ ...windows, [judge]: asked })}
        />
      )}
      {newest && <LeakageTable test={newest} />}
      {data && !newest && <p className="dim">This judge has not been tested.</p>}
    </section>
  );
}

import { Button } from '@mantine/core';
import type { FinetuneState } from '../../../shared/domain/index.ts';
import { RunProgress } from '../../components/index.ts';
import { sentenceOf } from '../../engine/index.ts';
import { duration } from '../../format/index.ts';
import { FineTuneResult } from './FineTuneResult.tsx';
import classes from './finetune.module.css';
import { cancelFinetune } from './finetune-run.ts';

const STAGES: Record<FinetuneState['stage'], string> = {
  bars: 'Reading bars',
  features: 'Reading windows with the network',
  fitting: 'Fitting and validating',
};

function Running({ state }: { state: FinetuneState }) {
  const { stage, done, total, step, leftMs } = state;
  return (
    <RunProgress
      testId="finetune-progress"
      said={`${STAGES[stage]}: ${step}${leftMs === null ? '' : `, ${duration(leftMs)} left of this stage`}`}
      {...{ done, total }}
      label={`${STAGES[stage]}, ${done} of ${total}`}
    >
      <Button size="compact-xs" variant="default" onClick={cancelFinetune} data-testid="finetune-cancel">
        Cancel
      </Button>
    </RunProgress>
  );
}

/** How the run stands, or what became of the last one. */
export function FineTuneRun({ state }: { state: FinetuneState }) {
  if (state.status === 'running') return <Running state={state} />;
  if (state.status === 'cancelled') {
    return <p data-testid="finetune-cancelled">Cancelled. The old heads stay in force.</p>;
  }
  if (state.error) {
    return (
      <p role="alert" className={classes.failed}>
        {sentenceOf(state.error)} The old heads stay in force.
      </p>
    );
  }
  return state.result && <FineTuneResult result={state.result} />;
}

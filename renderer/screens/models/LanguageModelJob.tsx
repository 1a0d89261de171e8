import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ModelJob } from '../../../shared/domain/index.ts';
import { RunProgress } from '../../components/index.ts';
import { sentenceOf } from '../../engine/index.ts';
import { bytes, duration } from '../../format/index.ts';
import classes from './finetune.module.css';
import { cancelJob, pauseDownload, startDownload } from './model-job.ts';

const STAGES: Record<ModelJob['stage'], string> = {
  connecting: 'Connecting',
  downloading: 'Downloading',
  waiting: 'Waiting for the server',
  verifying: 'Verifying',
};

const small = { size: 'compact-xs', variant: 'default' } as const;

function Bar({ job, children }: { job: ModelJob; children: ReactNode }) {
  const { done, total, status, stage, bytesPerSecond, leftMs } = job;
  const title = status === 'paused' ? 'Paused' : STAGES[stage];
  const parts = [
    `${title}: ${bytes(done)} of ${bytes(total)}`,
    ...(bytesPerSecond === null ? [] : [`${bytes(bytesPerSecond)} a second`]),
    ...(leftMs === null ? [] : [`${duration(leftMs)} left`]),
  ];
  return (
    <RunProgress
      testId="model-job"
      said={parts.join(', ')}
      {...{ done, total }}
      label={`${title}, ${bytes(done)} of ${bytes(total)}`}
    >
      {children}
    </RunProgress>
  );
}

/** How a download or a verification stands, or why it ended. */
export function LanguageModelJob({ job }: { job: ModelJob }) {
  if (job.status === 'running') {
    return (
      <>
        <Bar job={job}>
          {job.kind === 'download' && (
            <Button {...small} onClick={pauseDownload} data-testid="model-pause">
              Pause
            </Button>
          )}
          <Button {...small} onClick={cancelJob} data-testid="model-cancel">
            Cancel
          </Button>
        </Bar>
        {job.note && <p className="dim">{job.note}</p>}
      </>
    );
  }
  if (job.status === 'paused') {
    return (
      <Bar job={job}>
        <Button {...small} onClick={() => void startDownload()} data-testid="model-resume">
          Resume
        </Button>
        <Button {...small} onClick={cancelJob} data-testid="model-cancel">
          Throw away
        </Button>
      </Bar>
    );
  }
  if (job.error) {
    return (
      <p role="alert" className={classes.failed} data-testid="model-failed">
        {sentenceOf(job.error)}
      </p>
    );
  }
  return job.note && <p className="dim">{job.note}</p>;
}

import { Button } from '@mantine/core';
import type { ReplayEstimate, ReplayState } from '../../../shared/domain/index.ts';
import { RunProgress } from '../../components/index.ts';
import { sentenceOf, useQuery } from '../../engine/index.ts';
import { duration, whole } from '../../format/index.ts';
import { cancelReplay, estimateSamples, replaySamples, useReplayRun } from './replay-run.ts';
import classes from './scorecard.module.css';

/** How far a replay is, with the time left and a way to stop it. */
export function ReplayProgress() {
  const run = useReplayRun();
  if (run?.status !== 'running') return null;
  const { title, done, total, leftMs } = run;
  const left = leftMs === null ? '' : `, ${duration(leftMs)} left`;
  return (
    <RunProgress
      testId="replay-progress"
      className={classes.replay}
      said={`Replaying ${title}: ${whole(done)} of ${whole(total)} windows${left}`}
      {...{ done, total }}
      label={`Replaying, ${done} of ${total} windows`}
    >
      <Button size="compact-xs" variant="default" onClick={() => cancelReplay(run)} data-testid="replay-cancel">
        Cancel
      </Button>
    </RunProgress>
  );
}

function ended({ status, error }: ReplayState): string | null {
  if (status === 'cancelled' || status === 'interrupted') return 'The replay was stopped; it goes on where it was.';
  return status === 'failed' && error ? sentenceOf(error) : null;
}

function Offer({ estimate, run }: { estimate: ReplayEstimate | undefined; run: ReplayState | null }) {
  const told = run && ended(run);
  return (
    <>
      {told && <p role="alert">{told}</p>}
      <Button size="compact-xs" variant="default" onClick={replaySamples} data-testid="replay-samples">
        {run && told ? 'Go on with the replay' : 'Replay the samples'}
      </Button>
      {estimate && (
        <p className="dim">
          {whole(estimate.windows)} windows of {estimate.symbols} symbols, about {duration(1000 * estimate.seconds)}
          {!estimate.measuredHere && ' at the pace of the README'}. Replayed decisions stay apart from live ones.
        </p>
      )}
    </>
  );
}

/** The way to figures without waiting: the bundled history, decided bar by bar as if it were new. */
export function ReplaySamples({ onShow }: { onShow: () => void }) {
  const run = useReplayRun();
  const { data } = useQuery('replay-estimate|samples', estimateSamples);
  if (run?.status === 'running') return <p className="dim">A replay is under way; its figures appear as it goes on.</p>;
  const there = run?.status === 'done' || Boolean(data?.replayId);
  return (
    <>
      {run?.status !== 'done' && <Offer estimate={data} run={run} />}
      {there && (
        <Button size="compact-xs" variant="default" onClick={onShow} data-testid="show-replayed">
          Show the replayed decisions
        </Button>
      )}
    </>
  );
}

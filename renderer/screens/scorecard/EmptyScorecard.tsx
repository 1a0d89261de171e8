import { Button } from '@mantine/core';
import type { Scorecard } from '../../../shared/domain/index.ts';
import { analyzeWatchlist } from '../../app/commands.ts';
import { EmptyNote } from '../../components/index.ts';
import { whole } from '../../format/index.ts';
import { type Clock, clockDate } from '../../workspace/index.ts';
import { ReplaySamples } from './ReplaySamples.tsx';
import classes from './scorecard.module.css';

interface Props {
  card: Scorecard;
  clock: Clock;
  onAll: () => void;
  onShowReplayed: () => void;
}

function Ahead({ card, clock, onAll }: Pick<Props, 'card' | 'clock' | 'onAll'>) {
  if (card.pending === 0) return null;
  return (
    <p>
      {whole(card.pending)} {card.pending === 1 ? 'decision is' : 'decisions are'} pending
      {clock !== 'latest' && (
        <>
          {' '}
          at the clock, {clockDate(clock)}: what came later is not told.{' '}
          <Button size="compact-xs" variant="default" onClick={onAll} data-testid="scorecard-later">
            Show what came later
          </Button>
        </>
      )}
      {clock === 'latest' && '; each settles by itself when the bars of its horizon are in.'}
    </p>
  );
}

/** What will stand here, and how it comes about. */
export function EmptyScorecard({ card, clock, onAll, onShowReplayed }: Props) {
  return (
    <EmptyNote title={card.origin === 'replay' ? 'No replayed decision has settled.' : 'No decision has settled yet.'}>
      <Ahead card={card} clock={clock} onAll={onAll} />
      <p>
        Here will stand how often decisions won beside the base rate, and whether P(correct) means what it says: Brier
        skill, calibration, reliability. Figures appear from 10 settled decisions on.
      </p>
      {card.origin !== 'replay' && (
        <div className={classes.line}>
          <span>Analyze, and wait for the horizon to pass</span>
          <Button size="compact-xs" variant="default" onClick={analyzeWatchlist}>
            Analyze watchlist
          </Button>
        </div>
      )}
      <p>Or walk through the bundled history at once:</p>
      <ReplaySamples onShow={onShowReplayed} />
    </EmptyNote>
  );
}

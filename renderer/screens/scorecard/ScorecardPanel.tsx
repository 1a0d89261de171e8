import { useState } from 'react';
import type { Scorecard } from '../../../shared/domain/index.ts';
import { FailureNote, LoadingNote, Panel, useKept } from '../../components/index.ts';
import { queries } from '../../engine/index.ts';
import { type Clock, clockDate, useClock } from '../../workspace/index.ts';
import { Counts, Hits } from './Counts.tsx';
import { EmptyScorecard } from './EmptyScorecard.tsx';
import { Forecast } from './Forecast.tsx';
import { Groups } from './Groups.tsx';
import { LateNote } from './LateNote.tsx';
import { LeakageBadges } from './LeakageBadges.tsx';
import { LeakagePanel } from './LeakagePanel.tsx';
import { ReplayProgress } from './ReplaySamples.tsx';
import classes from './scorecard.module.css';
import { Toolbar } from './Toolbar.tsx';
import { type ScoredJudge, type ScoredOrigin, useScorecard } from './useScorecard.ts';

const ABOUT: Record<ScoredOrigin, string> = {
  live: 'Live decisions alone',
  replay: 'Replayed decisions alone: history decided bar by bar',
  both: 'Live and replayed decisions mixed: replayed ones mostly outnumber live ones',
};

const JUDGED: Record<ScoredJudge, string> = {
  numeric: 'The numeric judge alone.',
  language: 'The language model alone, by its own action.',
  combined: 'Both judges together, as they were shown.',
};

interface Shown {
  card: Scorecard;
  clock: Clock;
  /** Shows the decisions of another origin, known at whatever time. */
  onOrigin: (origin: ScoredOrigin) => void;
}

function Figures({ card, clock, onOrigin }: Shown) {
  const when = clock === 'latest' ? 'with every outcome known so far' : `with outcomes known by ${clockDate(clock)}`;
  return (
    <div className={classes.content}>
      <div>
        <p className={classes.verdict} data-testid="scorecard-verdict">
          {card.verdict}
        </p>
        <p className="dim" data-testid="scorecard-about">
          {ABOUT[card.origin]}, {when}. {JUDGED[card.judge]}
        </p>
        <LeakageBadges models={card.models} />
      </div>
      <LateNote card={card} onShowReplayed={() => onOrigin('replay')} onShowBoth={() => onOrigin('both')} />
      <div className={classes.columns}>
        <Counts card={card} />
        <Hits card={card} />
      </div>
      {card.judge !== 'language' && <Forecast forecast={card.forecast} />}
      <Groups groups={card.groups} />
    </div>
  );
}

/** How decisions fared: live ones unless others are asked for, up to the clock unless all is asked for. */
export default function ScorecardPanel() {
  const [origin, setOrigin] = useState<ScoredOrigin>('live');
  const [judge, setJudge] = useState<ScoredJudge>('numeric');
  const [all, setAll] = useState(false);
  const workspaceClock = useClock();
  const clock: Clock = all ? 'latest' : workspaceClock;
  const query = useScorecard(origin, judge, clock);
  const card = useKept(query.data, `scorecard ${origin} ${judge} ${clock}`);
  const failure = query.failure?.code === 'CONNECTION_LOST' && card ? null : query.failure;
  const showAll = (wanted: ScoredOrigin) => {
    setOrigin(wanted);
    setAll(true);
  };
  return (
    <Panel
      id="scorecard"
      label="Scorecard"
      toolbar={
        <Toolbar origin={origin} onOrigin={setOrigin} judge={judge} onJudge={setJudge} all={all} onAll={setAll} />
      }
    >
      <ReplayProgress />
      {failure && <FailureNote failure={failure} onRetry={() => queries.invalidate(['scorecard'])} />}
      {!card && !failure && <LoadingNote what="the scorecard" />}
      {card && card.settled === 0 && !failure && (
        <EmptyScorecard card={card} clock={clock} onAll={() => setAll(true)} onShowReplayed={() => showAll('replay')} />
      )}
      {card && card.settled > 0 && <Figures card={card} clock={clock} onOrigin={showAll} />}
      <LeakagePanel judge={judge === 'numeric' ? 'numeric' : 'language'} />
    </Panel>
  );
}

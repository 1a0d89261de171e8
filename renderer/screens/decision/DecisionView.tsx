import { Badge, Button, Tooltip } from '@mantine/core';
import { type Decision, headsText, type Novelty, noveltyText, windowNovelty } from '../../../shared/domain/index.ts';
import { focusPanel } from '../../app/panels.ts';
import { ActionMark } from '../../components/index.ts';
import { dateOf, hasAdjusted, isAdjusted, price, REGIME_NAMES, SAMPLE_NAMES, share } from '../../format/index.ts';
import { openDecision } from '../../workspace/index.ts';
import { BothJudges } from './BothJudges.tsx';
import { Confidence } from './Confidence.tsx';
import classes from './decision.module.css';
import { EvidenceList } from './EvidenceList.tsx';
import { Feedback } from './Feedback.tsx';
import { Judged } from './Judged.tsx';
import { LanguageOpinion } from './LanguageOpinion.tsx';
import { OutcomeOf } from './OutcomeOf.tsx';
import { Provenance } from './Provenance.tsx';
import { Rounds } from './Rounds.tsx';
import { SecondOpinion } from './SecondOpinion.tsx';

function Head({ decision }: { decision: Decision }) {
  const adjusted = hasAdjusted(decision.window.notices) || isAdjusted(decision.source);
  const sample = SAMPLE_NAMES[decision.sampleStatus];
  return (
    <header className={classes.head}>
      <div data-testid="decision-action">
        <ActionMark action={decision.action} large />
      </div>
      <div className={classes.headFacts}>
        <span>
          {decision.lastBarDate}, close {price(decision.lastClose)} {decision.currency}
          {adjusted && ', adjusted at the source, not the traded price'}
        </span>
        <span className={classes.badges}>
          <Tooltip label={sample.sentence}>
            <Badge size="sm" radius={2} tt="none" variant="default" tabIndex={0}>
              {sample.word}
            </Badge>
          </Tooltip>
        </span>
      </div>
    </header>
  );
}

function HoldReasons({ decision }: { decision: Decision }) {
  if (decision.holdReasons.length === 0) return null;
  return (
    <section aria-label="Why it holds">
      <h3>Why it holds</h3>
      <ul className={classes.reasons}>
        {decision.holdReasons.map((reason) => (
          <li key={reason.code}>{reason.sentence}</li>
        ))}
      </ul>
    </section>
  );
}

/** Decisions stored before it was measured have none. */
function NoveltyFact({ novelty }: { novelty: Novelty | undefined }) {
  if (!novelty) return null;
  return (
    <>
      <dt>Novelty</dt>
      <dd data-testid="decision-novelty">{noveltyText(novelty)}</dd>
    </>
  );
}

function Facts({ decision }: { decision: Decision }) {
  const { window } = decision;
  return (
    <dl className={classes.facts}>
      <dt>Regime</dt>
      <dd>{REGIME_NAMES[decision.regime]}</dd>
      <NoveltyFact novelty={windowNovelty(decision)} />
      <dt>Window</dt>
      <dd>
        {window.bars} bars, {dateOf(window.start)} to {decision.lastBarDate}
        {window.notices.map((notice) => (
          <div key={notice.rule}>{notice.sentence}</div>
        ))}
      </dd>
      <dt>Read by</dt>
      <dd data-testid="decision-heads">{headsText(decision.heads)}</dd>
      <dt>Horizon</dt>
      <dd>{decision.horizonBars} bars</dd>
      <dt>Cost</dt>
      <dd>{share(decision.costFraction, 2)} for both ways</dd>
      <dt>Judge proposed</dt>
      <dd>
        <ActionMark action={decision.proposed} />
      </dd>
    </dl>
  );
}

/** Shows a panel at the decision's symbol, interval and clock. */
function goTo(panel: 'chart' | 'field', decision: Decision): void {
  openDecision(decision, decision.window.bars);
  focusPanel(panel);
}

/** A decision as it was made. */
export function DecisionView({ decision }: { decision: Decision }) {
  const byWhom = decision.judge === 'llm' ? ', by the figures' : '';
  return (
    <article className={classes.content} aria-label={`Decision on ${decision.symbol} of ${decision.lastBarDate}`}>
      <Head decision={decision} />
      {decision.opinions && <BothJudges opinions={decision.opinions} language={decision.language} />}
      <Confidence decision={decision} />
      <Judged decision={decision} />
      <HoldReasons decision={decision} />
      <OutcomeOf decision={decision} />
      <Facts decision={decision} />
      <div className={classes.links}>
        <Button size="compact-xs" variant="default" onClick={() => goTo('chart', decision)}>
          Chart as of then
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => goTo('field', decision)}>
          Field as of then
        </Button>
      </div>
      {decision.language && <LanguageOpinion decision={decision} language={decision.language} />}
      <EvidenceList title={`Evidence for${byWhom}`} sign="+" items={decision.evidenceFor} />
      <EvidenceList title={`Evidence against${byWhom}`} sign={'\u2212'} items={decision.evidenceAgainst} />
      <SecondOpinion decision={decision} />
      <Rounds decision={decision} />
      <Feedback key={decision.id} decision={decision} />
      <Provenance decision={decision} />
    </article>
  );
}

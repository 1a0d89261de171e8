import { Button } from '@mantine/core';
import { type Decision, type OutcomeState, outcomeSentence, type SideOutcome } from '../../../shared/domain/index.ts';
import { OutcomeMark } from '../../components/index.ts';
import { change, dateOf, price } from '../../format/index.ts';
import { outcomeKnownBy, update, useClock, useOutcome, useWorkspace } from '../../workspace/index.ts';
import classes from './decision.module.css';

const RESULTS = { win: 'win', loss: 'loss', flat: 'flat' } as const;

function Side({ name, side }: { name: string; side: SideOutcome }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {RESULTS[side.result]}, {change(side.grossReturn)} gross
      </dd>
    </>
  );
}

function Settled({ state, decision }: { state: Extract<OutcomeState, { state: 'settled' }>; decision: Decision }) {
  const { outcome } = state;
  const held = decision.action === 'hold';
  return (
    <dl className={classes.facts}>
      <dt>Entry</dt>
      <dd>
        {dateOf(outcome.entryTime)}, {price(outcome.entryPrice)} {decision.currency}
      </dd>
      <dt>Exit</dt>
      <dd>
        {dateOf(outcome.exitTime)}, {price(outcome.exitPrice)} {decision.currency}
      </dd>
      {(held || decision.action === 'long') && <Side name={held ? 'A long' : 'Long'} side={outcome.long} />}
      {(held || decision.action === 'short') && <Side name={held ? 'A short' : 'Short'} side={outcome.short} />}
    </dl>
  );
}

/** What came after the clock is told only where the user asks for it, here and on the chart at once. */
function After() {
  return (
    <p>
      It lies after the clock.{' '}
      <Button size="compact-xs" variant="default" onClick={() => update({ reveal: true })} data-testid="outcome-reveal">
        Show what came after
      </Button>
    </p>
  );
}

function Told({ state, decision }: { state: OutcomeState; decision: Decision }) {
  const clock = useClock();
  const reveal = useWorkspace('reveal');
  const settled = state.state === 'settled';
  if (settled && !reveal && !outcomeKnownBy(state.outcome, decision.interval, clock)) return <After />;
  return (
    <>
      <p>
        <OutcomeMark state={state} action={decision.action} />
      </p>
      {settled ? <Settled state={state} decision={decision} /> : <p>{outcomeSentence(state, decision)}</p>}
    </>
  );
}

/** What became of a decision. */
export function OutcomeOf({ decision }: { decision: Decision }) {
  const { data, failure } = useOutcome(decision.id);
  return (
    <section aria-label="Outcome" data-testid="decision-outcome">
      <h3>Outcome</h3>
      {data && <Told state={data} decision={decision} />}
      {!data && <p className="dim">{failure ? failure.sentence : 'Loading the outcome'}</p>}
    </section>
  );
}

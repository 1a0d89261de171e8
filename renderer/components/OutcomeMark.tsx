import { type Action, type OutcomeState, type OutcomeWord, outcomeWord } from '../../shared/domain/index.ts';
import classes from './components.module.css';
import { Icon, type IconName } from './Icon.tsx';

const SIGNS: Record<OutcomeWord, { icon: IconName; word: string; tone: string | undefined }> = {
  win: { icon: 'check', word: 'Win', tone: classes.long },
  loss: { icon: 'close', word: 'Loss', tone: classes.short },
  flat: { icon: 'dash', word: 'Flat', tone: classes.hold },
  held: { icon: 'dash', word: 'Held', tone: undefined },
  pending: { icon: 'wait', word: 'Pending', tone: undefined },
  lost: { icon: 'ask', word: 'Lost', tone: undefined },
};

/** Which side would have won where the decision was a hold. */
function heldWord(state: OutcomeState): string {
  if (state.state !== 'settled') return SIGNS.held.word;
  const { long, short } = state.outcome;
  return long.result === 'win' ? 'Held, long won' : short.result === 'win' ? 'Held, short won' : 'Held, neither won';
}

/** An outcome as sign and word; the colour only repeats them. */
export function OutcomeMark({ state, action }: { state: OutcomeState; action: Action }) {
  const { icon, word, tone } = SIGNS[outcomeWord(state)];
  const settled = state.state === 'settled';
  const late = settled && state.outcome.late ? ', late' : '';
  const said = action === 'hold' && settled ? heldWord(state) : word;
  return (
    <span className={`${classes.outcome} ${tone ?? classes.plain}`} data-testid="outcome-mark">
      <Icon name={icon} size={11} />
      {said}
      {late}
    </span>
  );
}

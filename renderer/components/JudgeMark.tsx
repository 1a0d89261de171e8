import type { Decision } from '../../shared/domain/index.ts';
import classes from './components.module.css';
import { Icon } from './Icon.tsx';

/** Who decided, as sign and word: the numeric judge alone, or both with the language model. */
export function JudgeMark({ judge = 'numeric' }: { judge?: Decision['judge'] | undefined }) {
  const both = judge === 'llm';
  return (
    <span className={`${classes.outcome} ${classes.plain}`} data-testid="judge-mark">
      <Icon name={both ? 'talk' : 'figures'} size={11} />
      {both ? 'Both' : 'Numeric'}
    </span>
  );
}

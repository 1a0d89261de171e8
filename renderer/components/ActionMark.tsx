import type { Action } from '../../shared/domain/index.ts';
import { ACTION_SIGNS } from '../format/index.ts';
import classes from './components.module.css';

/** An action as sign and word; the colour only repeats them. */
export function ActionMark({ action, large = false }: { action: Action; large?: boolean }) {
  const { glyph, word } = ACTION_SIGNS[action];
  return (
    <span className={`${classes.action} ${classes[action]} ${large ? classes.large : ''}`}>
      <span aria-hidden="true">{glyph}</span>
      {word}
    </span>
  );
}

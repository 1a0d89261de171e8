import { Button } from '@mantine/core';
import { lateSentence, type Scorecard } from '../../../shared/domain/index.ts';
import { countedOf } from './counted.ts';
import { ReplaySamples } from './ReplaySamples.tsx';
import classes from './scorecard.module.css';

const WAYS = { replay: 'a replay of history', replayed: '\u201cReplayed\u201d', both: '\u201cBoth, mixed\u201d' };

interface Props {
  card: Scorecard;
  onShowReplayed: () => void;
  onShowBoth: () => void;
}

/** Why decisions are late, with the ways to figures; where nothing else counts the replay is offered here. */
export function LateNote({ card, onShowReplayed, onShowBoth }: Props) {
  const sentence = lateSentence(card, WAYS);
  if (!sentence) return null;
  return (
    <section aria-label="Late decisions" className={classes.late} data-testid="scorecard-late">
      <p>{sentence}</p>
      {card.late > 0 && (
        <Button size="compact-xs" variant="default" onClick={onShowBoth} data-testid="scorecard-both">
          Show both, mixed
        </Button>
      )}
      {card.origin === 'live' && countedOf(card) === 0 && <ReplaySamples onShow={onShowReplayed} />}
    </section>
  );
}

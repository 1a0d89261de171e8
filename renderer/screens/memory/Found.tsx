import type { FoundMemory, MemoryQuery } from '../../../shared/domain/index.ts';
import { EmptyNote, FailureNote, LoadingNote } from '../../components/index.ts';
import { queries } from '../../engine/index.ts';
import { counted, REGIME_NAMES, utc } from '../../format/index.ts';
import { KIND_NAMES } from './labels.ts';
import classes from './memory.module.css';
import { useMemories } from './useMemories.ts';

const signed = (value: number) => `${value > 0 ? '+' : ''}${value.toFixed(2)}`;

function Item({ found: { memory, alike } }: { found: FoundMemory }) {
  const { kind, symbol, interval, regime, title, text, knownAt, recalled, fared, settled } = memory;
  const about = [symbol, interval, regime && REGIME_NAMES[regime]].filter(Boolean).join(', ');
  return (
    <li className={classes.item}>
      <p className={classes.head}>
        <span className={classes.kind}>{KIND_NAMES[kind]}</span>
        {about && <span>{about}</span>}
        <span className="dim">known {utc(knownAt)}</span>
        {recalled > 0 && <span className="dim">recalled {counted(recalled, 'time')}</span>}
        {fared !== null && (
          <span className="dim">
            fared {signed(fared)} on the mean of {counted(settled, 'decision')}
          </span>
        )}
        {alike > 0 && <span className="dim">and {alike} like it</span>}
      </p>
      {title && kind !== 'trade' && <p className={classes.title}>{title}</p>}
      <p className={classes.text}>{text}</p>
    </li>
  );
}

/** What a search found, or what will stand here. */
export function Found({ query, searched }: { query: MemoryQuery; searched: boolean }) {
  const answer = useMemories(query);
  if (answer.failure)
    return <FailureNote failure={answer.failure} onRetry={() => queries.retry(`memories|${JSON.stringify(query)}`)} />;
  if (!answer.data) return <LoadingNote what="memories" />;
  if (answer.data.length > 0)
    return (
      <ul className={classes.list} aria-label="Memories" data-testid="memory-found">
        {answer.data.map((found) => (
          <Item key={found.memory.id} found={found} />
        ))}
      </ul>
    );
  if (searched)
    return (
      <EmptyNote title="Nothing was found">
        <p>Try fewer words, another kind, or all times.</p>
      </EmptyNote>
    );
  return (
    <EmptyNote title="Nothing is remembered yet">
      <p>Your notes, feedback, manual trades and patterns will stand here, the newest first.</p>
    </EmptyNote>
  );
}

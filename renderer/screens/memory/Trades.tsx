import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import type { AsOf, TradeView } from '../../../shared/domain/index.ts';
import { EmptyNote, FailureNote, Icon, LoadingNote } from '../../components/index.ts';
import { queries } from '../../engine/index.ts';
import { utc } from '../../format/index.ts';
import classes from './memory.module.css';
import { removeTrade } from './memory-commands.ts';
import { useTrades } from './useMemories.ts';

function Row({ trade, onEdit }: { trade: TradeView; onEdit: (trade: TradeView) => void }) {
  const { symbol, side, entry, exit, pnl, state, at, pattern } = trade;
  const pending = state === 'pending';
  return (
    <tr>
      <th scope="row">
        {side} {symbol}
        <small>
          {pending ? 'opened' : 'closed'} {utc(at)}
          {pattern && `, ${pattern}`}
        </small>
      </th>
      <td className="num">{entry}</td>
      <td className="num">{exit ?? 'open'}</td>
      <td className="num">{pending ? 'pending' : pnl}</td>
      <td className="num">
        <Tooltip label={pending ? 'Close or correct it' : 'Correct it'}>
          <ActionIcon aria-label={`Edit the ${side} ${symbol}`} onClick={() => onEdit(trade)}>
            <Icon name="pen" />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Take it back">
          <ActionIcon aria-label={`Take back the ${side} ${symbol}`} onClick={() => void removeTrade(trade)}>
            <Icon name="close" />
          </ActionIcon>
        </Tooltip>
      </td>
    </tr>
  );
}

/** Trades that the user logged, the newest first; an open one is pending until it is closed. */
export function Trades({ asOf, onEdit }: { asOf: AsOf | undefined; onEdit: (trade: TradeView) => void }) {
  const answer = useTrades(asOf);
  if (answer.failure)
    return <FailureNote failure={answer.failure} onRetry={() => queries.retry(`trades|${asOf ?? ''}`)} />;
  if (!answer.data) return <LoadingNote what="trades" />;
  if (answer.data.length === 0)
    return (
      <EmptyNote title="No trade yet">
        <p>Trades you log will stand here; one without an exit is pending until you close it.</p>
      </EmptyNote>
    );
  return (
    <section className={classes.scroll} aria-label="Trades">
      <table className="table" data-testid="trades">
        <thead>
          <tr>
            <th>Trade</th>
            <th className="num">Entry</th>
            <th className="num">Exit</th>
            <th className="num">Result</th>
            <th>
              <VisuallyHidden>Edit or take back</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.data.map((trade) => (
            <Row key={trade.id} trade={trade} onEdit={onEdit} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

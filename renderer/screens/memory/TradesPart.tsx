import { useState } from 'react';
import type { AsOf, TradeView } from '../../../shared/domain/index.ts';
import { LogTrade } from './LogTrade.tsx';
import classes from './memory.module.css';
import { Trades } from './Trades.tsx';

/** Manual trades: the list, and the form that logs, closes or corrects one. */
export function TradesPart({ symbol, asOf }: { symbol: string | null; asOf: AsOf | undefined }) {
  const [edited, setEdited] = useState<TradeView | null>(null);
  const [open, setOpen] = useState(false);
  const edit = (trade: TradeView) => {
    setEdited(trade);
    setOpen(true);
  };
  return (
    <section className={classes.part} aria-label="Manual trades">
      <h3>Trades</h3>
      <Trades asOf={asOf} onEdit={edit} />
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary data-testid="open-trade">{edited ? 'Correct a trade' : 'Log a trade'}</summary>
        <LogTrade
          key={`${symbol} ${edited?.id ?? ''}`}
          symbol={symbol}
          edited={edited}
          onDone={() => setEdited(null)}
        />
      </details>
    </section>
  );
}

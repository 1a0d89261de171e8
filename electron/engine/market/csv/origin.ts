import type { Delimiter, Dialect } from './dialect.ts';
import type { Head } from './head.ts';
import { plainTitle } from './titles.ts';

/** Whose export a file is, by its titles as they are written; without titles by MetaTrader's way to write date and time. */
export function originOf(head: Head, delimiter: Delimiter, rows: readonly string[][]): Dialect['origin'] {
  const { titles, layout } = head;
  if (titles === null) {
    return layout.clock === 1 && /^\d{4}\.\d\d\.\d\d$/.test(rows[0]?.[0] ?? '') ? 'MetaTrader' : null;
  }
  const written = titles.map((title) => title.trim());
  if (written.includes('<TICKER>') || written.includes('<PER>')) return 'Stooq';
  if (written.includes('<DATE>') && written.includes('<OPEN>')) return 'MetaTrader';
  if (/^close(\*| close price)/i.test(written[layout.close] ?? '') && layout.adjClose !== -1) return 'Yahoo page';
  if (delimiter === '\t' && layout.adjClose !== -1 && plainTitle(written[0]!) === 'date') return 'Yahoo page';
  return written[0] === 'time' && ['open', 'high', 'low', 'close'].every((name) => written.includes(name))
    ? 'TradingView'
    : null;
}

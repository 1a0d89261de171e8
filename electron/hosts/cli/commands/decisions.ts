import type { Interval } from '../../../../shared/domain/index.ts';
import { openJournalReader } from '../../../engine/journal-reader.ts';
import type { Context } from '../context.ts';
import { table } from '../table.ts';

interface Options {
  symbol?: string;
  interval?: Interval;
  limit: number;
}

/** Lists stored decisions, newest first; reads beside a running engine. */
export async function run({ out, dataDir }: Context, _args: readonly string[], options: Options): Promise<number> {
  const journal = openJournalReader(dataDir);
  try {
    const symbol = options.symbol?.trim().toUpperCase();
    const { total, holds, decisions } = journal.list({ ...options, symbol, offset: 0 });
    for (const decision of decisions) out.data({ type: 'decision', decision });
    out.data({ type: 'end', total, holds, shown: decisions.length });
    const rows = decisions.map((d) => [
      d.createdAt,
      d.symbol,
      d.interval,
      d.lastBarDate,
      d.action,
      d.confidence.toFixed(2),
      d.regime,
      d.id,
    ]);
    if (rows.length > 0)
      out.text(table(['stored', 'symbol', 'interval', 'last bar', 'action', 'C', 'regime', 'id'], rows));
    out.text(`${decisions.length} of ${total} decisions, ${holds} holds in all.`);
    return 0;
  } finally {
    journal.close();
  }
}

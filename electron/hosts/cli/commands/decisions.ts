import { damagedText, type Interval, type Origin, outcomeWord } from '../../../../shared/domain/index.ts';
import { openJournalReader } from '../../../engine/journal-reader.ts';
import type { Context } from '../context.ts';
import { table } from '../table.ts';

interface Options {
  symbol?: string;
  interval?: Interval;
  origin?: Origin | 'both';
  limit: number;
}

/** Lists stored decisions, newest first; reads beside a running engine. */
export async function run({ out, dataDir }: Context, _args: readonly string[], options: Options): Promise<number> {
  const journal = openJournalReader(dataDir);
  try {
    const symbol = options.symbol?.trim().toUpperCase();
    const { total, holds, decisions, damaged } = journal.list({ ...options, symbol, offset: 0 });
    const outcomes = journal.outcomes(decisions.map(({ id }) => id));
    decisions.forEach((decision, i) => void out.data({ type: 'decision', decision, outcome: outcomes[i] }));
    out.data({ type: 'end', total, holds, shown: decisions.length, damaged });
    const rows = decisions.map((d, i) => [
      d.createdAt,
      d.symbol,
      d.interval,
      d.lastBarDate,
      d.action,
      d.confidence.toFixed(2),
      d.regime,
      d.pCorrect?.toFixed(2) ?? null,
      outcomeWord(outcomes[i]!),
      d.id,
    ]);
    if (rows.length > 0)
      out.text(
        table(
          ['stored', 'symbol', 'interval', 'last bar', 'action', 'C', 'regime', 'P(correct)', 'outcome', 'id'],
          rows,
        ),
      );
    out.text(
      `${decisions.length} of ${total} decisions, ${holds} holds in all.${damaged ? ` ${damagedText(damaged)}` : ''}`,
    );
    return 0;
  } finally {
    journal.close();
  }
}

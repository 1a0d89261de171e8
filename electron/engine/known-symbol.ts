import { BrainnetError } from '../../shared/errors.ts';
import type { JournalReader } from './decision/index.ts';
import type { Market } from './market/index.ts';

/** The network is not asked. @throws UNKNOWN_SYMBOL where neither a decision nor bars of it are on this machine */
export async function requireKnown(
  { journal, market }: { journal: Pick<JournalReader, 'list'>; market: Pick<Market, 'instruments'> },
  symbol: string,
): Promise<void> {
  if (journal.list({ symbol, origin: 'both', limit: 1, offset: 0 }).total > 0) return;
  const known = await market.instruments();
  if (known.some((instrument) => instrument.symbol === symbol)) return;
  throw new BrainnetError('UNKNOWN_SYMBOL', { symbol, where: 'the journal, the samples or your imports' });
}

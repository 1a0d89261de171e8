import type { HeadCard, ModelInfo, Reliability } from '../../../../shared/domain/index.ts';
import type { GoverningHeads } from './governing.ts';

/**
 * The card as it is for a series that fine-tuned heads govern: what they were fitted on, and of each head that was replaced the word on it
 * and its hit rates, which are those of the validation windows. Its other figures stay those of the shipped head, and the word says so.
 * Null leaves the card as it is.
 */
export function tunedInfo(info: ModelInfo, own: GoverningHeads | null): ModelInfo {
  if (own === null) return info;
  const { tuned } = own;
  const reliability = info.reliability && tunedRates(info.reliability, own);
  return {
    ...info,
    trainedThrough: [info.trainedThrough, tuned.trainedThrough].sort().at(-1)!,
    trainedSymbols: [...new Set([...info.trainedSymbols, tuned.symbol])],
    heads: info.heads.map((card) => tunedCard(card, own)),
    ...(reliability && { reliability }),
    tuned,
  };
}

function tunedCard(card: HeadCard, { tuned, source, heads }: GoverningHeads): HeadCard {
  const own = heads.find(({ stored }) => stored.head === card.head)?.stored;
  if (!own) return card;
  const { level: _level, worth: _worth, pictureAdds: _adds, ...rest } = card;
  const others = own.symbols.length - 1;
  const pool = others > 0 ? `, together with ${others} other ${others === 1 ? 'symbol' : 'symbols'}` : '';
  const where = `Validated on ${own.interval} bars of ${tuned.symbol} (${source})${pool}, through ${tuned.validatedThrough}; it reads nothing else.`;
  const verdict = `Fine-tuned (${tuned.id}). ${own.result.sentence} ${where} The held-out figures here are the shipped head's.`;
  return { ...rest, skilled: true, verdict };
}

function tunedRates(shipped: Reliability, { heads }: GoverningHeads): Reliability {
  const own = Object.fromEntries(heads.map(({ stored }) => [stored.head, stored.hitRates]));
  const set = `${shipped.set}; of fine-tuned heads the validation windows of your own series, which share bars: their intervals are as wide as of so many that share none`;
  return { ...shipped, set, heads: { ...shipped.heads, ...own } };
}

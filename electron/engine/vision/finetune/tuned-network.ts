import { readCard, statedWeights } from '../convnext/card.ts';
import type { Convnext } from '../convnext/index.ts';
import type { Heads } from './heads.ts';
import { type HeadsStore, openHeadsStore } from './heads-store.ts';
import { withHeads } from './with-heads.ts';

export interface TunedNetwork {
  /** The network with the heads in force. */
  network(): Promise<Convnext>;
  store: HeadsStore;
  /** Other names of symbols, as the card has them. */
  aliases: Record<string, string>;
}

/**
 * The network under the heads in force, which may change between two calls. A card that cannot be read leaves every fine-tuned version
 * unusable; the network then says itself what is wrong.
 * @param shipped loads the network with its shipped heads @param dir the folder of versions
 */
export function openTunedNetwork(shipped: () => Promise<Convnext>, dir: string, cardFile: string): TunedNetwork {
  const { base, aliases } = cardFacts(cardFile);
  const store = openHeadsStore(dir, base);
  let last: { bare: Convnext; heads: Heads | null; tuned: Convnext } | null = null;
  return {
    store,
    aliases,
    async network() {
      const bare = await shipped();
      const heads = store.inForce();
      if (last?.bare !== bare || last.heads !== heads) last = { bare, heads, tuned: withHeads(bare, heads, aliases) };
      return last.tuned;
    },
  };
}

function cardFacts(cardFile: string): { base: string; aliases: Record<string, string> } {
  try {
    const card = readCard(cardFile);
    return { base: statedWeights(card).sha256, aliases: card.symbolAliases };
  } catch {
    return { base: '', aliases: {} };
  }
}

import { readCard, statedWeights } from '../convnext/card.ts';
import type { Convnext } from '../convnext/index.ts';
import { type HeadsStore, openHeadsStore } from './heads-store.ts';
import { type HeadedConvnext, withHeads } from './with-heads.ts';

export interface TunedNetwork {
  /** The network with the heads in force; `networkFor` gives it for one series. */
  network(): Promise<HeadedConvnext>;
  /** The network with the stored version of this SHA-256, in force or not; left out: with its shipped heads. Null where there is none. */
  networkWith(heads: string | undefined): Promise<HeadedConvnext | null>;
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
  return {
    store,
    aliases,
    network: async () => withHeads(await shipped(), store.inForce(), aliases),
    async networkWith(sha256) {
      if (sha256 === undefined) return shipped();
      const heads = store.find(sha256);
      return heads && withHeads(await shipped(), heads, aliases);
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

import type { HeadedConvnext } from '../../vision/index.ts';
import { HIDDEN } from './variants.ts';

/** The network that reads a hidden series by the heads that govern it under its own name. */
export function readAs(network: HeadedConvnext, symbol: string): HeadedConvnext {
  if (!network.tuning) return network;
  const { heads, aliases } = network.tuning;
  return { ...network, tuning: { heads, aliases: { ...aliases, [HIDDEN]: aliases[symbol] ?? symbol } } };
}

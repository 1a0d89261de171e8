import type { SampleStatus } from '../../../../shared/domain/index.ts';
import type { Card } from './card.ts';

/** End of a date's exchange day in the zone where days end last (UTC-12), UTC ms. */
const endOfDate = (date: string) => Date.parse(date) + 36 * 3_600_000;

/** The name of a symbol that fits are listed under: `AAPL.US`, as some sources have it, is AAPL; then the card's aliases. */
export function listedName(symbol: string, aliases: Readonly<Record<string, string>>): string {
  const plain = symbol.replace(/\.US$/, '');
  return aliases[plain] ?? plain;
}

/**
 * Whether a decision's as-of lies in what the network was fitted on (DEFINITIONS 4): `training` = its weights (in
 * sample), `tuning` = its temperatures, `out` = neither. Aliases of the card are honoured.
 * @param asOfMs end of the window's last bar, UTC ms
 */
export function sampleStatus(
  card: Pick<Card, 'trainedSymbols' | 'symbolAliases' | 'trainedThrough' | 'calibratedThrough'>,
  symbol: string,
  asOfMs: number,
): SampleStatus {
  if (!card.trainedSymbols.includes(listedName(symbol, card.symbolAliases))) return 'out';
  if (asOfMs <= endOfDate(card.trainedThrough)) return 'training';
  return asOfMs <= endOfDate(card.calibratedThrough) ? 'tuning' : 'out';
}

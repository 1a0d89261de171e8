import type { Place } from './resample/index.ts';
import { kindOfSymbol } from './symbols/index.ts';

/** Where an instrument trades, as its symbol and its zone tell. */
export const placeOf = ({ symbol, timezone }: { symbol: string; timezone: string }): Place => ({
  timezone,
  kind: kindOfSymbol(symbol),
});

import type { InstrumentKind } from '../remote/types.ts';
import { kindOfSymbol } from './kinds.ts';
import { normaliseSymbol } from './normalise.ts';

/** What Yahoo calls an instrument. @throws INVALID_INPUT where it is no symbol */
export function yahooSymbol(symbol: string): string {
  return normaliseSymbol(symbol);
}

/** What Stooq calls an instrument; its CSV says neither currency nor zone, so they come with the name. */
export interface StooqName {
  symbol: string;
  currency: string;
  timezone: string;
  kind: InstrumentKind;
}

const NEW_YORK = 'America/New_York';
const INDICES: Readonly<Record<string, readonly [string, string, string]>> = {
  '^GSPC': ['^spx', 'USD', NEW_YORK],
  '^DJI': ['^dji', 'USD', NEW_YORK],
  '^IXIC': ['^ndq', 'USD', NEW_YORK],
  '^NDX': ['^ndx', 'USD', NEW_YORK],
  '^GDAXI': ['^dax', 'EUR', 'Europe/Berlin'],
  '^FCHI': ['^cac', 'EUR', 'Europe/Paris'],
  '^N225': ['^nkx', 'JPY', 'Asia/Tokyo'],
  '^HSI': ['^hsi', 'HKD', 'Asia/Hong_Kong'],
};
/** Exchanges by Yahoo's suffix. London is not among them: Stooq does not say whether a price there is in pence. */
const EXCHANGES: Readonly<Record<string, readonly [string, string, string]>> = {
  DE: ['.de', 'EUR', 'Europe/Berlin'],
  T: ['.jp', 'JPY', 'Asia/Tokyo'],
  HK: ['.hk', 'HKD', 'Asia/Hong_Kong'],
  BD: ['.hu', 'HUF', 'Europe/Budapest'],
  WA: ['', 'PLN', 'Europe/Warsaw'],
};
/** Futures that both quote in dollars; grains and metals come in cents here and there. */
const FUTURES_IN_DOLLARS = new Set(['ES=F', 'NQ=F', 'YM=F', 'CL=F', 'NG=F', 'GC=F']);

/** Stooq's name, or null where it has none that is known. @throws INVALID_INPUT where it is no symbol */
export function stooqSymbol(symbol: string): StooqName | null {
  const yahoo = normaliseSymbol(symbol);
  const kind = kindOfSymbol(yahoo);
  const named = (name: string, currency: string, timezone: string) => ({ symbol: name, currency, timezone, kind });
  if (kind === 'index') return Object.hasOwn(INDICES, yahoo) ? named(...INDICES[yahoo]!) : null;
  if (kind === 'future' && !FUTURES_IN_DOLLARS.has(yahoo)) return null;
  if (kind === 'future') return named(`${yahoo.slice(0, -2).toLowerCase()}.f`, 'USD', NEW_YORK);
  if (kind === 'fx') return pairName(yahoo.slice(0, -2), named);
  if (kind === 'crypto') return named(yahoo.replace('-', '').toLowerCase(), yahoo.split('-')[1]!, 'UTC');
  const [stem, suffix] = yahoo.split('.') as [string, string | undefined];
  if (suffix === undefined) return /^[A-Z-]+$/.test(stem) ? named(`${stem.toLowerCase()}.us`, 'USD', NEW_YORK) : null;
  const exchange = Object.hasOwn(EXCHANGES, suffix) ? EXCHANGES[suffix]! : null;
  return exchange && named(`${stem.toLowerCase()}${exchange[0]}`, exchange[1], exchange[2]);
}

function pairName(
  pair: string,
  named: (name: string, currency: string, timezone: string) => StooqName,
): StooqName | null {
  const full = pair.length === 3 ? `USD${pair}` : pair;
  return full.length === 6 ? named(full.toLowerCase(), full.slice(3), 'Europe/Warsaw') : null;
}

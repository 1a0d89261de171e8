import { Ticker } from '../../../../shared/domain/ids.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { isCoin, isMoney } from './kinds.ts';

/** Yahoo's exchange suffixes of one letter: London, Frankfurt, Tokyo, Toronto's Venture; any other single letter is a share class. */
const ONE_LETTER_EXCHANGES = 'LFTV';

/**
 * One spelling for each instrument, Yahoo's: capital letters, BRK-B for BRK.B, BRK/B and "brk b", BTC-USD for BTC/USD and BTCUSD, EURUSD=X for
 * EUR/USD and EURUSD. @throws INVALID_INPUT where it is no symbol
 */
export function normaliseSymbol(text: string): string {
  const plain = text.normalize('NFKC').trim().toUpperCase().replace(/^\$/, '').replace(/\s+/g, ' ');
  const spelled = pairOf(plain) ?? shareClass(plain);
  const ticker = Ticker.safeParse(spelled);
  if (ticker.success) return ticker.data;
  throw new BrainnetError('INVALID_INPUT', { problem: 'a symbol has 1 to 20 letters, digits or ^ . - = _ /' });
}

/** True where two spellings mean the same instrument. */
export function sameSymbol(a: string, b: string): boolean {
  return spelling(a) === spelling(b);
}

function spelling(text: string): string {
  try {
    return normaliseSymbol(text);
  } catch {
    return text;
  }
}

function pairOf(text: string): string | null {
  const parts = /^([A-Z0-9]{2,10})[/ ]([A-Z]{3,4})$/.exec(text) ?? /^([A-Z0-9]{3,5})([A-Z]{3})$/.exec(text);
  if (!parts) return null;
  const [, base, quote] = parts as unknown as [string, string, string];
  if (isCoin(base) && (isMoney(quote) || isCoin(quote))) return `${base}-${quote}`;
  return isMoney(base) && isMoney(quote) ? `${base}${quote}=X` : null;
}

function shareClass(text: string): string {
  const parts = /^([A-Z]{1,5})([./ ])([A-Z])$/.exec(text);
  if (!parts) return text;
  const [, stem, mark, letter] = parts as unknown as [string, string, string, string];
  return mark === '.' && ONE_LETTER_EXCHANGES.includes(letter) ? text : `${stem}-${letter}`;
}

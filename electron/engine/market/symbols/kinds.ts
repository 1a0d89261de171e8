import type { InstrumentKind } from '../remote/types.ts';

const COINS = new Set(
  'BTC ETH SOL XRP ADA DOGE DOT LTC BCH LINK AVAX MATIC POL UNI XLM ATOM ETC XMR TRX SHIB NEAR APT ARB FIL ALGO BNB USDT USDC'.split(
    ' ',
  ),
);
const MONEY = new Set(
  'USD EUR GBP JPY CHF AUD CAD NZD SEK NOK DKK PLN CZK HUF TRY ZAR MXN BRL INR CNY CNH HKD SGD KRW IDR THB ILS'.split(
    ' ',
  ),
);

/** True for the code of a well-known cryptocurrency. */
export function isCoin(code: string): boolean {
  return COINS.has(code);
}

/** True for the ISO code of a widely traded currency. */
export function isMoney(code: string): boolean {
  return MONEY.has(code);
}

/** What a symbol names, by its form alone: ^GSPC index, ES=F future, EURUSD=X fx, BTC-USD crypto, all else equity. */
export function kindOfSymbol(symbol: string): InstrumentKind {
  if (symbol.startsWith('^')) return 'index';
  if (symbol.endsWith('=F')) return 'future';
  if (symbol.endsWith('=X')) return 'fx';
  const pair = /^([A-Z0-9]{2,10})-([A-Z]{3,4})$/.exec(symbol);
  return pair && (isMoney(pair[2]!) || isCoin(pair[2]!)) ? 'crypto' : 'equity';
}

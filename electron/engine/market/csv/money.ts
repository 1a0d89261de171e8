const CODES = new Set([...Intl.supportedValuesOf('currency'), 'USDT', 'USDC']);
/** What a sign means; `$` and `¥` are other currencies too, which the user can say. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ $: 'USD', US$: 'USD', C$: 'CAD', A$: 'AUD', R$: 'BRL', HK$: 'HKD' },
  ...{ '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR', '₩': 'KRW', '₽': 'RUB', '₺': 'TRY', '₪': 'ILS', zł: 'PLN' },
};
/** A hundredth, as exchanges and exports write it; the code stays, as prices do. */
const MINOR: Readonly<Record<string, string>> = {
  ...{ GBp: 'GBX', GBX: 'GBX', p: 'GBX', pence: 'GBX', ZAc: 'ZAC', ZAC: 'ZAC', ILA: 'ILA' },
  ...{ USX: 'USX', USc: 'USX', cents: 'USX', 'US¢': 'USX', '¢': 'USX', EUX: 'EUX' },
};
const BEFORE = /^([+-]?)([^\d\s.,+-]{1,5})[ \u00a0\u202f]?(?=[-+]?[\d.,])/;
const BEHIND = /(?<=[\d.,])[ \u00a0\u202f]?([^\d\s.,]{1,5})$/;

/** A number cell without the currency it is marked with, and that currency; null where it is not marked. */
export function amountOf(cell: string): { text: string; currency: string | null } {
  const text = cell.trim();
  const last = text.charCodeAt(text.length - 1);
  const first = text.charCodeAt(0);
  if (first >= 43 && first <= 57 && last >= 44 && last <= 57) return { text, currency: null };
  const before = BEFORE.exec(text);
  const ahead = before ? currencyOf(before[2]!) : null;
  if (ahead) return { text: before![1]! + text.slice(before![0].length), currency: ahead };
  const behind = BEHIND.exec(text);
  const after = behind ? currencyOf(behind[1]!) : null;
  return after ? { text: text.slice(0, behind!.index), currency: after } : { text, currency: null };
}

/** The currency that a title names as its unit, `Close (EUR)`; null where it names none. */
export function titleCurrency(title: string): string | null {
  const unit = /[([] *([^()[\]]{1,5}) *[)\]]\s*$/.exec(title)?.[1];
  return unit === undefined ? null : currencyOf(unit.trim());
}

/** What a code or a sign means; null where it is neither. */
export function currencyOf(mark: string): string | null {
  if (Object.hasOwn(MINOR, mark)) return MINOR[mark]!;
  return Object.hasOwn(SIGNS, mark) ? SIGNS[mark]! : CODES.has(mark) ? mark : null;
}

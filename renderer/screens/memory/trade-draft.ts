import { type Side, TradeOutcome, type TradeView } from '../../../shared/domain/index.ts';

/** What stands in the form, as typed. */
export interface TradeDraft {
  symbol: string;
  side: Side;
  entry: string;
  exit: string;
  pnl: string;
  note: string;
  pattern: string;
}

/** A figure as typed, with a point or one comma for the decimals; NaN for anything else. */
export function figureOf(text: string): number {
  const plain = text.trim().replace(/^([+-]?\d+),(\d+)$/, '$1.$2');
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

/** The draft that an earlier trade is corrected with. */
export const draftOf = ({ symbol, side, entry, exit, pnl, note, pattern = '' }: TradeView): TradeDraft => ({
  ...{ symbol, side, note, pattern },
  entry: String(entry),
  exit: exit === null ? '' : String(exit),
  pnl: pnl === null ? '' : String(pnl),
});

const ifTyped = (text: string): number | undefined => (text.trim() === '' ? undefined : figureOf(text));

/** The trade of a draft, open where it has neither exit nor result; null while something in it is missing or cannot be. */
export function tradeOf({ entry, exit, pnl, pattern, ...rest }: TradeDraft): TradeOutcome | null {
  const trade = {
    ...rest,
    entry: figureOf(entry),
    exit: ifTyped(exit),
    pnl: ifTyped(pnl),
    pattern: pattern || undefined,
  };
  return TradeOutcome.safeParse(trade).success ? trade : null;
}

import { notData } from '../remote/checks.ts';
import type { InstrumentKind, RemoteMeta } from '../remote/types.ts';
import { type Unit, unitOf } from '../remote/units.ts';
import type { Chart } from './chart.ts';
import { SOURCE } from './source.ts';

const KINDS: Readonly<Record<string, InstrumentKind>> = {
  EQUITY: 'equity',
  INDEX: 'index',
  CRYPTOCURRENCY: 'crypto',
  CURRENCY: 'fx',
  FUTURE: 'future',
  ETF: 'etf',
};

/** What Yahoo's word for a type of instrument means. */
export function kindOfType(type: unknown): InstrumentKind {
  const word = String(type).toUpperCase();
  return Object.hasOwn(KINDS, word) ? KINDS[word]! : 'other';
}

/** What a chart says of its instrument. @throws SOURCE_ANSWER_BAD where the zone or the currency is none */
export function factsOf({ meta }: Chart): { meta: RemoteMeta; unit: Unit } {
  const unit = unitOf(meta.currency);
  if (!unit) throw notData(SOURCE, 'its currency is none');
  if (!isZone(meta.exchangeTimezoneName)) throw notData(SOURCE, 'its time zone is none');
  return {
    unit,
    meta: {
      symbol: meta.symbol,
      name: shortText(meta.longName) ?? shortText(meta.shortName),
      currency: unit.currency,
      timezone: meta.exchangeTimezoneName,
      exchange: shortText(meta.fullExchangeName) ?? shortText(meta.exchangeName),
      kind: kindOfType(meta.instrumentType),
    },
  };
}

function isZone(timezone: string): boolean {
  try {
    return timezone !== '' && new Intl.DateTimeFormat('en-US', { timeZone: timezone }) !== null;
  } catch {
    return false;
  }
}

/** A name as it may be shown: printable, at most 120 characters; null where there is none. */
export function shortText(text: unknown): string | null {
  const printable = (typeof text === 'string' ? text : '').replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, ' ').trim();
  return printable === '' ? null : printable.slice(0, 120);
}

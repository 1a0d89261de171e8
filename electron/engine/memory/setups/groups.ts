import type { NearestQuery } from '../types.ts';

/** Everything a query may narrow by that is no time; setups that agree in all of it form a group. */
export interface GroupFields {
  symbol: string;
  source: string;
  interval: string;
  regime: string;
  side: string;
  horizonBars: number;
  costFraction: number;
  origin: string;
  replayId: string | null;
  /** Default false. */
  inSample?: boolean | undefined;
  /** As far as it is known; default false. */
  late?: boolean | undefined;
}

export const LEFT_OUT = 0;
export const MEANT = 1;
/** Meant only where the setup ended before the window that asks began. */
export const MEANT_IF_APART = 2;

/** Groups by small numbers, so that a scan compares numbers and not words. */
export interface Groups {
  codeOf(fields: GroupFields): number;
  /** The group of those that agree with a group in all but that. */
  lateOf(code: number, late: boolean): number;
  /** The same for all setups of one instrument, horizon and cost, whatever was read or decided. */
  instrumentOf(code: number): number;
  symbolOf(code: number): string;
  /** For each group whether a query means it. */
  verdicts(query: NearestQuery): Uint8Array;
}

export function createGroups(): Groups {
  const groups: { fields: GroupFields; instrument: number }[] = [];
  const codes = new Map<string, number>();
  const instruments = new Map<string, number>();
  const codeOf = (of: GroupFields): number => {
    const { symbol, source, interval, regime, side, horizonBars, costFraction, origin, replayId, inSample, late } = of;
    const instrumentKey = `${symbol} ${source} ${interval} ${horizonBars} ${costFraction}`;
    const key = `${instrumentKey} ${regime} ${side} ${origin} ${replayId ?? ''} ${inSample === true} ${late === true}`;
    const known = codes.get(key);
    if (known !== undefined) return known;
    const instrument = instruments.get(instrumentKey) ?? instruments.size;
    instruments.set(instrumentKey, instrument);
    codes.set(key, groups.length);
    const own = { symbol, source, interval, regime, side, horizonBars, costFraction, origin, replayId };
    return groups.push({ fields: { ...own, inSample, late }, instrument }) - 1;
  };
  return {
    codeOf,
    lateOf: (code, late) => codeOf({ ...groups[code]!.fields, late }),
    instrumentOf: (code) => groups[code]!.instrument,
    symbolOf: (code) => groups[code]!.fields.symbol,
    verdicts: (query) => Uint8Array.from(groups, ({ fields }) => verdictOf(fields, query)),
  };
}

const NARROWING = ['interval', 'horizonBars', 'costFraction', 'side', 'regime', 'symbol', 'replayId'] as const;

function verdictOf(group: GroupFields, query: NearestQuery): number {
  if (group.inSample || (group.late && query.resolved)) return LEFT_OUT;
  if (query.origin !== 'both' && group.origin !== query.origin) return LEFT_OUT;
  if (NARROWING.some((name) => query[name] !== undefined && group[name] !== query[name])) return LEFT_OUT;
  return group.symbol === query.apartFrom?.symbol ? MEANT_IF_APART : MEANT;
}

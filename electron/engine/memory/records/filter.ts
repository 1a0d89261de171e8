import type { Interval, MemoryKind, Origin, Regime } from '../../../../shared/domain/index.ts';

/** Which memories may be found; what is left out does not narrow, but `asOf` (UTC ms) always does. */
export interface RecordFilter {
  asOf: number;
  kinds?: readonly MemoryKind[] | undefined;
  symbol?: string | undefined;
  interval?: Interval | undefined;
  regime?: Regime | undefined;
  /** Default live. */
  origin?: Origin | 'both' | undefined;
  replayId?: string | undefined;
}

export interface Conditions {
  /** Without WHERE; about `memories m`. */
  sql: string;
  values: (string | number)[];
}

/** Whether a memory was known by a time and still stood then; takes the time (UTC ms) twice. @param m the table's name with its point */
export const standing = (m = ''): string => `${m}known_at <= ? AND (${m}replaced_at IS NULL OR ${m}replaced_at > ?)`;

export function conditionsOf(filter: RecordFilter): Conditions {
  const { kinds, symbol, interval, regime, origin = 'live', replayId } = filter;
  const parts: [string, (string | number)[]][] = [[standing('m.'), [filter.asOf, filter.asOf]]];
  if (origin !== 'both') parts.push(['m.origin = ?', [origin]]);
  if (replayId !== undefined) parts.push(['m.replay_id = ?', [replayId]]);
  if (kinds) parts.push([`m.kind IN (${kinds.map(() => '?').join(', ')})`, [...kinds]]);
  if (symbol !== undefined) parts.push(['m.symbol = ?', [symbol]]);
  if (interval !== undefined) parts.push(['m.interval = ?', [interval]]);
  if (regime !== undefined) parts.push(['m.regime = ?', [regime]]);
  return { sql: parts.map(([sql]) => sql).join(' AND '), values: parts.flatMap(([, values]) => values) };
}

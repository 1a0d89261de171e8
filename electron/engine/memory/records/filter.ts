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
  /** Without WHERE. */
  sql: string;
  values: (string | number)[];
}

/** Whether a memory was known by a time (UTC ms) and stood then. @param m the table's name with its point */
export const standing = (asOf: number, m = ''): Conditions => ({
  sql: `${m}known_at <= ? AND (${m}replaced_at IS NULL OR ${m}replaced_at > ?) AND (${m}gaps IS NULL OR NOT EXISTS (
    SELECT 1 FROM json_each(${m}gaps) AS gap WHERE gap.value ->> 0 <= ? AND gap.value ->> 1 > ?))`,
  values: [asOf, asOf, asOf, asOf],
});

/** Of `memories m`. */
export function conditionsOf(filter: RecordFilter): Conditions {
  const { kinds, symbol, interval, regime, origin = 'live', replayId } = filter;
  const stood = standing(filter.asOf, 'm.');
  const parts: [string, (string | number)[]][] = [[stood.sql, stood.values]];
  if (origin !== 'both') parts.push(['m.origin = ?', [origin]]);
  if (replayId !== undefined) parts.push(['m.replay_id = ?', [replayId]]);
  if (kinds) parts.push([`m.kind IN (${kinds.map(() => '?').join(', ')})`, [...kinds]]);
  if (symbol !== undefined) parts.push(['m.symbol = ?', [symbol]]);
  if (interval !== undefined) parts.push(['m.interval = ?', [interval]]);
  if (regime !== undefined) parts.push(['m.regime = ?', [regime]]);
  return { sql: parts.map(([sql]) => sql).join(' AND '), values: parts.flatMap(([, values]) => values) };
}

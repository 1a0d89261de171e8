import type { Interval, Origin, Regime, Side } from '../../../../shared/domain/index.ts';
import type { Database } from '../../platform/index.ts';
import { TRIP, withoutOverlaps } from '../setups/overlaps.ts';

/** Whose setups count. */
export interface Experience {
  origin: Origin | 'both';
  replayId?: string | undefined;
}

export interface SettledFilter {
  /** UTC ms; outcomes known later do not count. */
  asOf: number;
  experience: Experience;
  symbol?: string | null;
  interval?: Interval | null;
  regime?: Regime | null;
}

export interface SettledSetup {
  regime: Regime;
  side: Side;
  longWon: boolean;
  shortWon: boolean;
  longReturn: number;
}

interface Row {
  trip: string;
  knownAt: number;
  resolvedAt: number;
  regime: Regime;
  side: Side;
  long: number;
  short: number;
  longReturn: number;
}

/** The newest that are looked at. */
const MOST = 20_000;

/** Settled setups of the filter, out of sample and without overlaps: of one instrument, horizon and cost each begins when the one counted before it had ended (DEFINITIONS 7). */
export function settledSetups(database: Database, filter: SettledFilter): SettledSetup[] {
  const { sql, values } = conditionsOf(filter);
  const rows = database
    .prepare(
      `SELECT * FROM (SELECT ${TRIP} AS trip,
         known_at AS knownAt, resolved_at AS resolvedAt, decision_id AS id, regime, side, long_won AS long, short_won AS short,
         long_return AS longReturn FROM setups WHERE in_sample = 0 AND ${sql} ORDER BY known_at DESC, decision_id LIMIT ${MOST})
       ORDER BY knownAt, id`,
    )
    .all(...values) as Row[];
  return withoutOverlaps(rows).map(({ regime, side, long, short, longReturn }) => {
    return { regime, side, longWon: long === 1, shortWon: short === 1, longReturn };
  });
}

function conditionsOf({ asOf, experience, symbol, interval, regime }: SettledFilter) {
  const parts: [string, string | number][] = [
    ['known_at <= ?', asOf],
    ['resolved_at <= ?', asOf],
  ];
  if (experience.origin !== 'both') parts.push(['origin = ?', experience.origin]);
  if (experience.replayId !== undefined) parts.push(['replay_id = ?', experience.replayId]);
  if (symbol) parts.push(['symbol = ?', symbol]);
  if (interval) parts.push(['interval = ?', interval]);
  if (regime) parts.push(['regime = ?', regime]);
  return { sql: parts.map(([sql]) => sql).join(' AND '), values: parts.map(([, value]) => value) };
}

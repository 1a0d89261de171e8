import type { Interval, Origin, Regime, Side } from '../../../../shared/domain/index.ts';
import { type Database, type HeldTrip, thinned } from '../../platform/index.ts';
import { BY_END, TRIP } from '../setups/overlaps.ts';

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

interface Row extends HeldTrip {
  regime: Regime;
  side: Side;
  long: number;
  short: number;
  longReturn: number;
}

/** The newest that are looked at. */
const MOST = 20_000;

/**
 * Settled setups of the filter, out of sample and without overlaps: of one symbol, whatever source and horizon, each begins when the one
 * counted before it had ended (DEFINITIONS 7). Those that were decided late are left out.
 */
export function settledSetups(database: Database, filter: SettledFilter): SettledSetup[] {
  const { sql, values } = conditionsOf(filter);
  const newest = `SELECT * FROM setups WHERE in_sample = 0 AND late = 0 AND ${sql} ORDER BY resolved_at DESC, decision_id LIMIT ${MOST}`;
  const rows = database
    .prepare(
      `SELECT ${TRIP}, regime, side, long_won AS long, short_won AS short, long_return AS longReturn FROM (${newest}) ORDER BY ${BY_END}`,
    )
    .all(...values) as Row[];
  return thinned(rows).map(({ regime, side, long, short, longReturn }) => {
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

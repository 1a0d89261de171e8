import type { HeldTrip } from '../../platform/index.ts';

/** Of a row of `setups` that is settled, in SQL, what `thinned` looks at, and the order in which it wants them: the earliest known first. */
export const TRIP = 'symbol, coalesce(begins, known_at) AS begins, resolved_at AS knownAt';
export const BY_END = "resolved_at, known_at, source || ' ' || symbol, decision_id";

/** As `thinned`, of trips in an order of their own: each is taken unless it shares a move of its symbol with one taken before it. */
export function movesOnce(): { isTaken(trip: HeldTrip): boolean; take(trip: HeldTrip): boolean } {
  const taken = new Map<string, HeldTrip[]>();
  const isTaken = ({ symbol, begins, knownAt }: HeldTrip): boolean =>
    taken.get(symbol)?.some((other) => begins < other.knownAt && other.begins < knownAt) ?? false;
  return {
    isTaken,
    take(trip) {
      if (isTaken(trip)) return false;
      const own = taken.get(trip.symbol);
      if (own) own.push(trip);
      else taken.set(trip.symbol, [trip]);
      return true;
    },
  };
}

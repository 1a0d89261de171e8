/** Of one instrument, horizon and cost trips overlap; the name of that, in SQL over `setups`. */
export const TRIP = "symbol || ' ' || source || ' ' || interval || ' ' || horizon || ' ' || cost";

interface Span {
  trip: string;
  knownAt: number;
  resolvedAt: number;
}

/** Leaves out what overlaps: of one trip each begins when the one counted before it had ended (DEFINITIONS 7). @param rows by `knownAt` */
export function withoutOverlaps<R extends Span>(rows: readonly R[]): R[] {
  const endOf = new Map<string, number>();
  return rows.filter(({ trip, knownAt, resolvedAt }) => {
    if (knownAt < (endOf.get(trip) ?? -Infinity)) return false;
    endOf.set(trip, resolvedAt);
    return true;
  });
}

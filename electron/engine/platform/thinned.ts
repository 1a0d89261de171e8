/** What a decision would have been held for. */
export interface HeldTrip {
  symbol: string;
  /** UTC ms: the open that it is entered at, or where there are only closes the close. */
  begins: number;
  /** UTC ms: the end of the bar that it is left at, from which its outcome is known. */
  knownAt: number;
}

/** Whether a trip shares no move with those of its symbol that were kept before; to be asked in the order of `knownAt`. */
export function thinning(): (trip: HeldTrip) => boolean {
  const freeFrom = new Map<string, number>();
  return ({ symbol, begins, knownAt }) => {
    if (begins < (freeFrom.get(symbol) ?? -Infinity)) return false;
    freeFrom.set(symbol, knownAt);
    return true;
  };
}

/**
 * Leaves out what overlaps (DEFINITIONS 7): of one symbol the trips that are kept begin when the one before has ended, whatever source,
 * interval or horizon they are of, and a setup that was decided several times counts once, the first time.
 * @param trips by `knownAt`
 */
export const thinned = <T extends HeldTrip>(trips: readonly T[]): T[] => trips.filter(thinning());

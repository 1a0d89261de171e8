/** What a scan has found so far; rows are numbers of its own. */
export interface NearestFew {
  /** A setup farther than this is no candidate any more; of equal distance it may still be. */
  readonly bound: number;
  offer(distance: number, row: number): void;
  /** The nearest first, of equal distance by rank; of one window only the first. */
  found(): { distance: number; row: number }[];
}

/** Which row goes first among equals, and which window it pictures. */
export interface RowFacts {
  rankOf(row: number): number;
  windowOf(row: number): string;
}

/**
 * Keeps the `count` nearest distinct windows of what it is offered, in whatever order: candidates are gathered, and from time to time
 * sorted and cut, which lowers the bound.
 */
export function createNearestFew(count: number, facts: RowFacts): NearestFew {
  const room = 4 * count;
  const distances = new Float64Array(room);
  const rows = new Float64Array(room);
  let filled = 0;
  let bound = Infinity;
  const compact = () => {
    const sorted = Array.from({ length: filled }, (_, i) => ({ distance: distances[i]!, row: rows[i]! }))
      .sort((a, b) => a.distance - b.distance || facts.rankOf(a.row) - facts.rankOf(b.row))
      .filter(firstOf(({ row }) => facts.windowOf(row)))
      .slice(0, count);
    sorted.forEach(({ distance, row }, i) => {
      distances[i] = distance;
      rows[i] = row;
    });
    filled = sorted.length;
    if (filled === count) bound = distances[count - 1]!;
  };
  return {
    get bound() {
      return bound;
    },
    offer(distance, row) {
      if (filled === room) compact();
      if (distance > bound) return;
      distances[filled] = distance;
      rows[filled] = row;
      filled++;
    },
    found() {
      compact();
      return Array.from({ length: filled }, (_, i) => ({ distance: distances[i]!, row: rows[i]! }));
    },
  };
}

/** A filter that lets the first of each key through. */
function firstOf<T>(keyOf: (value: T) => string): (value: T) => boolean {
  const seen = new Set<string>();
  return (value) => {
    const key = keyOf(value);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}

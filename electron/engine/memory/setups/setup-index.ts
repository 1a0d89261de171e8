import type { NearestQuery } from '../types.ts';

/** What of a setup the scan looks at; times in UTC ms, `resolvedAt` Infinity until its outcome is known. */
export interface IndexEntry {
  id: number;
  near: Float32Array;
  knownAt: number;
  resolvedAt: number;
  /** Everything a query may narrow by that is no time. */
  symbol: string;
  source: string;
  interval: string;
  regime: string;
  side: string;
  horizonBars: number;
  costFraction: number;
  origin: string;
  replayId: string | null;
}

/** The projections of all setups in one block, scanned exactly; as of any time. */
export interface SetupIndex {
  add(entry: IndexEntry): void;
  resolve(id: number, knownAt: number): void;
  /** Ids of the `count` setups whose projection is nearest, of those that the query means; the nearest first. */
  candidates(near: Float32Array, query: NearestQuery, count: number): number[];
  size(): number;
}

/** @param length of a projection */
export function createSetupIndex(length: number): SetupIndex {
  let block = new Float32Array(1024 * length);
  const entries: Omit<IndexEntry, 'near'>[] = [];
  const byId = new Map<number, Omit<IndexEntry, 'near'>>();
  return {
    add({ near, ...entry }) {
      const at = entries.length * length;
      if (at + length > block.length) block = grown(block);
      block.set(near, at);
      entries.push(entry);
      byId.set(entry.id, entry);
    },
    resolve(id, knownAt) {
      const entry = byId.get(id);
      if (entry) entry.resolvedAt = knownAt;
    },
    candidates(near, query, count) {
      const best = createBest(count);
      for (let i = 0; i < entries.length; i++) {
        if (isMeant(entries[i]!, query)) best.offer(squaredDistance(block, i * length, near), entries[i]!.id);
      }
      return best.ids();
    },
    size: () => entries.length,
  };
}

function grown(block: Float32Array): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(block.length * 2);
  larger.set(block);
  return larger;
}

function isMeant(entry: Omit<IndexEntry, 'near'>, query: NearestQuery): boolean {
  if ((query.resolved ? entry.resolvedAt : entry.knownAt) > query.asOf) return false;
  if (query.origin !== 'both' && entry.origin !== query.origin) return false;
  if (query.replayId !== undefined && entry.replayId !== query.replayId) return false;
  if (query.interval !== undefined && entry.interval !== query.interval) return false;
  if (query.horizonBars !== undefined && entry.horizonBars !== query.horizonBars) return false;
  if (query.costFraction !== undefined && entry.costFraction !== query.costFraction) return false;
  if (query.side !== undefined && entry.side !== query.side) return false;
  if (query.regime !== undefined && entry.regime !== query.regime) return false;
  if (query.symbol !== undefined && entry.symbol !== query.symbol) return false;
  const apart = query.apartFrom;
  return !(apart && entry.symbol === apart.symbol && entry.source === apart.source && entry.knownAt > apart.from);
}

function squaredDistance(block: Float32Array, at: number, to: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < to.length; i++) {
    const step = block[at + i]! - to[i]!;
    sum += step * step;
  }
  return sum;
}

/** Keeps the `count` smallest of what it is offered, in a heap with the largest on top. */
function createBest(count: number) {
  const distances: number[] = [];
  const ids: number[] = [];
  const worse = (a: number, b: number) =>
    distances[a]! > distances[b]! || (distances[a] === distances[b] && ids[a]! > ids[b]!);
  const swap = (a: number, b: number) => {
    [distances[a], distances[b]] = [distances[b]!, distances[a]!];
    [ids[a], ids[b]] = [ids[b]!, ids[a]!];
  };
  const up = (from: number) => {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!worse(i, parent)) return;
      swap(i, parent);
      i = parent;
    }
  };
  const down = () => {
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let top = i;
      if (left < ids.length && worse(left, top)) top = left;
      if (right < ids.length && worse(right, top)) top = right;
      if (top === i) return;
      swap(i, top);
      i = top;
    }
  };
  return {
    offer(distance: number, id: number) {
      if (ids.length < count) {
        distances.push(distance);
        ids.push(id);
        up(ids.length - 1);
      } else if (distance < distances[0]!) {
        distances[0] = distance;
        ids[0] = id;
        down();
      }
    },
    ids: () => [...ids.keys()].sort((a, b) => distances[a]! - distances[b]! || ids[a]! - ids[b]!).map((i) => ids[i]!),
  };
}

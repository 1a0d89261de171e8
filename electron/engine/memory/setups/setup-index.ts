import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HeldTrip } from '../../platform/index.ts';
import type { NearestQuery } from '../types.ts';
import { createGroups, type GroupFields, LEFT_OUT, MEANT_IF_APART } from './groups.ts';
import { createNearestFew, type NearestFew } from './nearest-few.ts';
import { HEAD, newSegment, rankOf, SEGMENT, type Segment } from './segment.ts';

/** What of a setup the scan looks at; times in UTC ms, `resolvedAt` Infinity until its outcome is known, `begins` as of its trip. */
export interface IndexEntry extends GroupFields {
  id: number;
  decisionId: string;
  near: Float32Array;
  knownAt: number;
  begins: number;
  resolvedAt: number;
}

/** When the trip of a setup begins and since when its outcome is known, UTC ms, Infinity = not yet; and whether it was decided late. */
export interface KnownOutcome {
  begins: number;
  resolvedAt: number;
  late: boolean;
}

/** A setup found by its projection. */
export interface Candidate {
  id: number;
  /** Of the projections: never more than that of the whole features. */
  distance: number;
  /** What it would have been held for; ends at Infinity where no outcome is known. */
  trip: HeldTrip;
}

/** The projections of all setups in memory, scanned exactly; as of any time. */
export interface SetupIndex {
  add(entry: IndexEntry): void;
  resolve(id: number, outcome: KnownOutcome): void;
  /** From then on it is as if it had never been known. */
  remove(id: number): void;
  /**
   * The `count` windows whose projection is nearest, of the setups that the query means; the nearest first. Does not depend on the order
   * in which setups were added. Gives way to other work every few milliseconds.
   */
  candidates(near: Float32Array, query: NearestQuery, count: number): Promise<Candidate[]>;
  size(): number;
}

/** How long a scan holds the event loop, ms. */
const TURN_MS = 12;

/** @param length components of a projection, a multiple of 16 */
export function createSetupIndex(length: number): SetupIndex {
  const segments: Segment[] = [];
  const rowOf = new Map<number, number>();
  const groups = createGroups();
  const at = (row: number) => ({ segment: segments[Math.floor(row / SEGMENT)]!, i: row % SEGMENT });
  const facts = {
    rankOf: (row: number) => at(row).segment.ranks[at(row).i]!,
    windowOf(row: number) {
      const { segment, i } = at(row);
      return `${groups.instrumentOf(segment.groups[i]!)} ${segment.knownAt[i]}`;
    },
  };
  return {
    add(entry) {
      if (segments.at(-1)?.count !== undefined && segments.at(-1)!.count < SEGMENT) put(segments.at(-1)!, entry);
      else segments.push(put(newSegment(length), entry));
      rowOf.set(entry.id, (segments.length - 1) * SEGMENT + segments.at(-1)!.count - 1);
    },
    resolve(id, { begins, resolvedAt, late }) {
      const row = rowOf.get(id);
      if (row === undefined) return;
      const { segment, i } = at(row);
      segment.begins[i] = begins;
      segment.resolvedAt[i] = resolvedAt;
      segment.groups[i] = groups.lateOf(segment.groups[i]!, late);
    },
    remove(id) {
      const row = rowOf.get(id);
      if (row !== undefined) at(row).segment.knownAt[at(row).i] = Infinity;
    },
    async candidates(near, query, count) {
      const few = createNearestFew(count, facts);
      const verdicts = groups.verdicts(query);
      let turn = performance.now();
      for (let s = 0; s < segments.length; s++) {
        scan(segments[s]!, s * SEGMENT, near, verdicts, query, few);
        if (performance.now() - turn < TURN_MS) continue;
        await nextTurn();
        turn = performance.now();
      }
      return few.found().map(({ distance, row }) => {
        const { segment, i } = at(row);
        const symbol = groups.symbolOf(segment.groups[i]!);
        const trip = { symbol, begins: segment.begins[i]!, knownAt: segment.resolvedAt[i]! };
        return { id: segment.ids[i]!, distance: Math.sqrt(distance), trip };
      });
    },
    size: () => rowOf.size,
  };

  function put(segment: Segment, entry: IndexEntry): Segment {
    const i = segment.count++;
    segment.ids[i] = entry.id;
    segment.knownAt[i] = entry.knownAt;
    segment.begins[i] = entry.begins;
    segment.resolvedAt[i] = entry.resolvedAt;
    segment.groups[i] = groups.codeOf(entry);
    segment.ranks[i] = rankOf(entry.decisionId);
    segment.head.set(entry.near.subarray(0, HEAD), i * HEAD);
    segment.tail.set(entry.near.subarray(HEAD), i * (length - HEAD));
    return segment;
  }
}

/** A group that came to be after the scan began has no verdict, and its setups were not there when it was asked. */
function scan(
  segment: Segment,
  first: number,
  near: Float32Array,
  verdicts: Uint8Array,
  query: NearestQuery,
  few: NearestFew,
): void {
  const { count, knownAt, resolvedAt, groups } = segment;
  const { asOf, resolved } = query;
  const from = query.apartFrom?.from ?? 0;
  for (let i = 0; i < count; i++) {
    const verdict = verdicts[groups[i]!] ?? LEFT_OUT;
    if (verdict === LEFT_OUT || knownAt[i]! > asOf || (resolved && resolvedAt[i]! > asOf)) continue;
    if (verdict === MEANT_IF_APART && knownAt[i]! > from) continue;
    const distance = squaredDistance(segment, i, near, few.bound);
    if (distance <= few.bound) few.offer(distance, first + i);
  }
}

/** Squared distance, or a part of it that is above `bound` already; the projection's length is a multiple of HEAD. */
function squaredDistance({ head, tail }: Segment, i: number, near: Float32Array, bound: number): number {
  let sum = partOf(head, i * HEAD, near, 0);
  const rest = near.length - HEAD;
  for (let j = 0; j < rest && sum <= bound; j += HEAD) sum += partOf(tail, i * rest + j, near, HEAD + j);
  return sum;
}

/** Squared distance in HEAD components. */
function partOf(block: Float32Array, at: number, near: Float32Array, from: number): number {
  let sum = 0;
  for (let j = 0; j < HEAD; j += 4) {
    const a = block[at + j]! - near[from + j]!;
    const b = block[at + j + 1]! - near[from + j + 1]!;
    const c = block[at + j + 2]! - near[from + j + 2]!;
    const d = block[at + j + 3]! - near[from + j + 3]!;
    sum += a * a + b * b + c * c + d * d;
  }
  return sum;
}

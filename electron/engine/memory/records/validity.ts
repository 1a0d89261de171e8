/** Times from the first to just before the second at which a memory did not stand (UTC ms). */
export type Gap = readonly [from: number, until: number];

/** When a memory stands: from when it is known until `replacedAt` (UTC ms, null = to this day), but for the gaps. */
export interface Validity {
  replacedAt: number | null;
  gaps: readonly Gap[];
}

/** Whether it was taken back, or another took its place, by then (UTC ms). A clock that was once ahead took back nothing yet. */
export const isTakenBack = ({ replacedAt }: Validity, now: number): boolean => replacedAt !== null && replacedAt <= now;

/** The same, but standing from a time (UTC ms) on; how it stood earlier stays as it was. */
export function standingFrom({ replacedAt, gaps }: Validity, from: number): Validity {
  const all: Gap[] = replacedAt === null ? [...gaps] : [...gaps, [replacedAt, from]];
  const before = all.map(([begin, end]): Gap => [begin, Math.min(end, from)]);
  return { replacedAt: null, gaps: before.filter(([begin, end]) => begin < end) };
}

/** Setups of a segment: a scan of one takes well below a millisecond, and the index grows without copying what it holds. */
export const SEGMENT = 4096;
/** Components looked at first: the projection's are in order of their variance, so most setups are told apart by these. */
export const HEAD = 16;

/** Columns of up to SEGMENT setups; times in UTC ms. */
export interface Segment {
  count: number;
  ids: Float64Array;
  knownAt: Float64Array;
  begins: Float64Array;
  /** Infinity until the outcome is known. */
  resolvedAt: Float64Array;
  groups: Uint32Array;
  /** Order among setups of equal distance, from their decisions' ids. */
  ranks: Float64Array;
  head: Float32Array;
  tail: Float32Array;
}

/** @param length components of a projection, a multiple of HEAD */
export function newSegment(length: number): Segment {
  return {
    count: 0,
    ids: new Float64Array(SEGMENT),
    knownAt: new Float64Array(SEGMENT),
    begins: new Float64Array(SEGMENT),
    resolvedAt: new Float64Array(SEGMENT),
    groups: new Uint32Array(SEGMENT),
    ranks: new Float64Array(SEGMENT),
    head: new Float32Array(SEGMENT * HEAD),
    tail: new Float32Array(SEGMENT * (length - HEAD)),
  };
}

/** A number in [0, 2^52) that depends on the text alone (two FNV-1a hashes). */
export function rankOf(text: string): number {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b) ^ (b >>> 15);
  }
  return (a >>> 0) * 2 ** 20 + (b >>> 12);
}

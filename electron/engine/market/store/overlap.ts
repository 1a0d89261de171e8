/** Where the same bar stands in the kept columns and in the arriving ones. */
export interface Pair {
  kept: number;
  arriving: number;
}

/** The bars both have; `time` strictly rising in both. */
export function overlapOf(kept: Float64Array, arriving: Float64Array): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < kept.length && j < arriving.length; ) {
    if (kept[i]! < arriving[j]!) i++;
    else if (kept[i]! > arriving[j]!) j++;
    else pairs.push({ kept: i++, arriving: j++ });
  }
  return pairs;
}

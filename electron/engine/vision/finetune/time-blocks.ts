/**
 * Blocks of time that all symbols share: the bars of all of them on one clock, cut into runs long enough that the symbol with the fewest
 * bars on that clock has `bars` of them in a block on average.
 * @param times bar starts of each symbol, rising @param last the bar that is asked for
 */
export function timeBlocks(times: readonly Float64Array[], bars: number, last: Float64Array): Int32Array {
  const clock = Float64Array.from(new Set(times.flatMap((own) => Array.from(own)))).sort();
  const place = (time: number) => lowerBound(clock, time);
  const sparsest = Math.max(1, ...times.map((own) => (place(own.at(-1)!) - place(own[0]!) + 1) / own.length));
  const length = Math.ceil(bars * sparsest);
  return Int32Array.from(last, (time) => Math.floor(place(time) / length));
}

function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

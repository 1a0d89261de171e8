/** Wilson's 95 % interval of a share (Wilson 1927). @param n at least 1 */
export function wilson(hits: number, n: number): [number, number] {
  const z = 1.96;
  const share = hits / n;
  const centre = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const margin = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return [Math.max(0, centre - margin), Math.min(1, centre + margin)];
}

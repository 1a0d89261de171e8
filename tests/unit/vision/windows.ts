/** Seeded windows of prices for the tests: the same seed gives the same window. */
export type Random = () => number;

/** mulberry32: uniform in [0, 1). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Standard normal (Box-Muller). */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const series = (n: number, price: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => price(i));

export const line = (n: number, slope: number, start = 100) => series(n, (i) => start + slope * i);

export const flat = (n: number, price = 100) => series(n, () => price);

export const sine = (n: number, cycles: number, phase: number, level = 100) =>
  series(n, (i) => level + Math.sin((2 * Math.PI * cycles * i) / n + phase));

export const whiteNoise = (n: number, random: Random) => series(n, () => 1000 + gaussian(random));

export function randomWalk(n: number, random: Random): Float64Array {
  let price = 1000;
  return series(n, () => {
    price += gaussian(random);
    return price;
  });
}

/** White noise of deviation 1 around a level that jumps once by `size`, before bar `at`. */
export const jump = (n: number, at: number, size: number, random: Random) =>
  series(n, (i) => 1000 + gaussian(random) + (i >= at ? size : 0));

/** Some of every kind, named. */
export function gallery(n: number, seed: number): [string, Float64Array][] {
  const random = randomOf(seed);
  return [
    ['random walk', randomWalk(n, random)],
    ['rising ramp', line(n, 0.37)],
    ['falling ramp', line(n, -0.21, 400)],
    ['sine', sine(n, 2 + Math.floor(random() * (n / 3 - 2)), 6 * random())],
    ['jump', jump(n, 1 + Math.floor(random() * (n - 1)), 25, random)],
    ['clean jump', Float64Array.from({ length: n }, (_, i) => (i < n / 3 ? 100 : 130))],
    ['white noise', whiteNoise(n, random)],
    ['flat', flat(n)],
  ];
}

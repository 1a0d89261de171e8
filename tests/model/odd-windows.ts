import { gaussian, type Random, randomOf } from '../unit/vision/windows.ts';

/** Closes such as no market makes, by kind; `real` are windows of real closes that some are made from. */
export function oddWindows(real: readonly Float64Array[], count: number, seed: number): [string, Float64Array[]][] {
  return Object.entries(MAKERS).map(([name, make], kind) => {
    const random = randomOf(seed + kind);
    const base = () => real[Math.floor(random() * real.length)]!.slice();
    return [name, Array.from({ length: count }, () => make(base(), random))];
  });
}

type Maker = (close: Float64Array, random: Random) => Float64Array;

const between = (random: Random, low: number, high: number): number => low + Math.floor(random() * (high - low + 1));

function tenfold(close: Float64Array, random: Random, errors: number): Float64Array {
  for (let i = 0; i < errors; i++) close[between(random, 0, close.length - 1)]! *= random() < 0.5 ? 10 : 0.1;
  return close;
}

const MAKERS: Record<string, Maker> = {
  'a constant': (close, random) => close.fill(1 + 500 * random()),
  'a two-bar sawtooth': (close, random) => {
    const [level, size, turn] = [1 + 500 * random(), 0.001 + 0.1 * random(), between(random, 0, 1)];
    return close.map((_, i) => level * (1 + size * ((i + turn) % 2)));
  },
  'stale quotes': (close, random) => {
    const levels = between(random, 2, 6);
    const starts = Array.from({ length: levels - 1 }, () => between(random, 1, close.length - 1)).sort((a, b) => a - b);
    return close.map((_, i) => close[starts.filter((start) => start <= i).at(-1) ?? 0]!);
  },
  'a few levels in any order': (close, random) => {
    const levels = Array.from({ length: between(random, 2, 6) }, () => 100 + gaussian(random));
    return close.map(() => levels[between(random, 0, levels.length - 1)]!);
  },
  'one tenfold error': (close, random) => tenfold(close, random, 1),
  'one to three tenfold errors': (close, random) => tenfold(close, random, between(random, 1, 3)),
  'white noise': (close, random) => close.map(() => 100 + gaussian(random)),
  'a shuffled window': (close, random) => {
    for (let i = close.length - 1; i > 0; i--) {
      const j = between(random, 0, i);
      [close[i], close[j]] = [close[j]!, close[i]!];
    }
    return close;
  },
};

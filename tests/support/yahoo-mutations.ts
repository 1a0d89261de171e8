/** Random answers in Yahoo's form and what may befall them on the way; all from one seed, so that a failure can be repeated. */
import { INTERVALS, type Interval } from '../../shared/domain/index.ts';
import { type ChartParts, chartBody } from './yahoo-fixtures.ts';

export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [0, below). */
  below(below: number): number;
  pick<T>(values: readonly T[]): T;
  /** True with this probability. */
  often(share: number): boolean;
}

/** Mulberry32: the same numbers for the same seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, pick: (values) => values[below(values.length)]!, often: (share) => next() < share };
}

const ODD: readonly unknown[] = [
  ...[
    null,
    true,
    '',
    'x',
    '1,234',
    '<b>',
    [],
    {},
    [null],
    { raw: 5 },
    '__proto__',
    '2020-06-01',
    'GBp',
    'Asia/Tokyo',
    'CURRENCY',
  ],
  ...[
    0,
    -0,
    -1,
    1e-320,
    1e-13,
    0.1,
    1,
    100,
    1e15,
    1e16,
    1e300,
    -1e300,
    86_400,
    1.5e9,
    1.6e9,
    1_591_018_200,
    1.6e12,
    2 ** 53,
  ],
];
const STEPS: Readonly<Record<Interval, number>> = {
  ...{ '1m': 60, '5m': 300, '15m': 900, '30m': 1800, '1h': 3600, '1d': 86_400, '1wk': 604_800, '1mo': 2_629_800 },
};

/** A request's interval and a sound answer to it that ends near `now` (UTC ms): any zone, kind, unit, with gaps, splits and a running bar. */
export function soundAnswer(chance: Chance, now: number): { interval: Interval; body: unknown } {
  const interval = chance.pick(INTERVALS);
  const count = chance.below(30);
  const last = Math.floor(now / 1000 / STEPS[interval]) * STEPS[interval];
  const timestamps = Array.from({ length: count }, (_, index) => last - (count - 1 - index) * STEPS[interval]);
  if (chance.often(0.2)) timestamps.push(Math.floor(now / 1000) - chance.below(2000));
  let price = 10 ** (chance.below(7) - 2);
  const closes = timestamps.map(() => {
    price *= 0.9 + 0.2 * chance.next();
    return chance.often(0.05) ? null : price;
  });
  const meta = {
    dataGranularity: interval,
    currency: chance.pick(['USD', 'GBp', 'ZAc', 'ILA', 'JPY']),
    instrumentType: chance.pick(['EQUITY', 'INDEX', 'CRYPTOCURRENCY', 'CURRENCY', 'FUTURE', 'ETF', 'MUTUALFUND']),
    exchangeTimezoneName: chance.pick(['America/New_York', 'Europe/London', 'Asia/Tokyo', 'Australia/Sydney', 'UTC']),
    regularMarketTime: Math.floor(now / 1000) - chance.below(4000),
  };
  const parts: ChartParts = {
    timestamps,
    closes,
    meta,
    ...(chance.often(0.4) ? { events: eventsNear(chance, timestamps) } : {}),
  };
  return { interval, body: chartBody(chance.often(0.3) ? { ...parts, adjclose: null } : parts) };
}

function eventsNear(chance: Chance, timestamps: readonly number[]) {
  const date = () => (timestamps.length > 0 ? chance.pick(timestamps) : 1_591_018_200);
  const split = () => ({
    date: date(),
    numerator: chance.pick([1, 2, 3, 4, 20, 100]),
    denominator: chance.pick([1, 2, 3, 10]),
    splitRatio: '',
  });
  return {
    splits: Object.fromEntries(Array.from({ length: chance.below(4) }, (_, index) => [index, split()])),
    dividends: Object.fromEntries(
      Array.from({ length: chance.below(4) }, (_, index) => [index, { date: date(), amount: chance.next() }]),
    ),
  };
}

/** The same answer with some places changed: values replaced, taken away, doubled, swapped or scaled. */
export function mutated(body: unknown, chance: Chance): unknown {
  const copy: unknown = structuredClone(body);
  for (let left = 1 + chance.below(4); left > 0; left--) mutateOnce(copy, chance);
  return copy;
}

function mutateOnce(root: unknown, chance: Chance): void {
  let holder: unknown = root;
  for (let depth = 0; depth < 9; depth++) {
    if (typeof holder !== 'object' || holder === null) return;
    const keys = Object.keys(holder);
    if (keys.length === 0) return;
    const key = chance.pick(keys);
    const value: unknown = Reflect.get(holder, key);
    const deeper = typeof value === 'object' && value !== null && chance.often(0.85);
    if (!deeper) {
      change(holder, key, value, chance);
      return;
    }
    holder = value;
  }
}

function change(holder: object, key: string, value: unknown, chance: Chance): void {
  const kind = chance.below(5);
  if (kind === 0) Reflect.deleteProperty(holder, key);
  else if (kind === 1 && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (kind === 2 && Array.isArray(holder))
    holder.splice(chance.below(holder.length + 1), 0, structuredClone(value));
  else if (kind === 3 && typeof value === 'number')
    Reflect.set(holder, key, value * chance.pick([-1, 0, 0.01, 0.25, 4, 100, 1e6]));
  else Reflect.set(holder, key, structuredClone(chance.pick(ODD)));
}

/** The same text cut, doubled, or with a few characters changed. */
export function garbled(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1);
  const kind = chance.below(4);
  if (kind === 0) return text.slice(0, at);
  if (kind === 1) return text.slice(at);
  if (kind === 2)
    return `${text.slice(0, at)}${chance.pick(['<', '"', '{', '}', ']', '\u0000', ',', '1e999', 'NaN', '-'])}${text.slice(at)}`;
  return `${text.slice(0, at)}${chance.pick([...'0123456789.,:"[]{}eE-'])}${text.slice(at + 1)}`;
}

import type { HeadSaliency, Reading, SaliencyPair } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { networkInput } from './network-input.ts';

const HEADS = ['regime', 'direction', 'volatility'] as const;
type Head = (typeof HEADS)[number];

/** Windows read together; between two batches a caller who left is noticed. */
const BATCH = 16;
/** Share of the bars that is taken out together (issue 5, "Saliency"). */
const MOST = 0.1;

/** The network as far as saliency asks it. */
export interface Reader {
  predict(x: Float64Array, windowHash?: string): Promise<{ reading: Reading }>;
  predictBatch(xs: readonly Float64Array[]): Promise<{ reading: Reading }[]>;
}

export interface SaliencyOptions {
  /** Hash of the window: its plain reading is then taken from the cache where it is there. */
  windowHash?: string;
  /** Ends the work between two batches. */
  signal?: AbortSignal | undefined;
}

/**
 * Closes with the moves of some bars taken out: each run of such bars becomes the straight line between the bars beside
 * it, at either end of the window the level of the one bar beside it. A path without that move, and no level that the
 * window did not have.
 * @param gone positions, any order; not all of them
 */
export function withoutBars(closes: Float64Array, gone: Iterable<number>): Float64Array {
  const out = closes.slice();
  const taken = new Set(gone);
  const bars = closes.length;
  for (let from = 0; from < bars; from++) {
    if (!taken.has(from)) continue;
    let to = from;
    while (taken.has(to + 1)) to++;
    const right = closes[to + 1] ?? closes[from - 1] ?? 0;
    const left = closes[from - 1] ?? right;
    const steps = to - from + 2;
    for (let i = from; i <= to; i++) out[i] = left + ((right - left) * (i - from + 1)) / steps;
    from = to;
  }
  return out;
}

/** Neighbouring bars two by two, from the oldest; a last odd bar stands alone. */
export const pairsOf = (bars: number): { from: number; to: number }[] =>
  Array.from({ length: Math.ceil(bars / 2) }, (_, k) => ({ from: 2 * k, to: Math.min(2 * k + 1, bars - 1) }));

/**
 * What each pair of bars did for each head's top class, by occlusion: the pair's moves are taken out, the window is drawn
 * anew and read again, and the fall of that class's probability is the pair's saliency. Costs one reading a pair and one a head.
 * @param closes the window's closes, as many as the network reads
 * @throws WINDOW_NOT_READ, MODEL_FAILED, CANCELLED
 */
export async function saliency(
  network: Reader,
  closes: Float64Array,
  { windowHash, signal }: SaliencyOptions = {},
): Promise<HeadSaliency[]> {
  const pairs = pairsOf(closes.length);
  const plain = (await network.predict(networkInput(closes), windowHash)).reading;
  const read = (gone: readonly (readonly number[])[]) => readEach(network, closes, gone, signal);
  const readings = await read(pairs.map(barsOf));
  const found = HEADS.map((head) => ofHead(head, plain, pairs, readings));
  const most = found.map(({ pairs: own }) => mostSalient(own, closes.length));
  const left = await read(most);
  return found.map((one, i) => ({ ...one, without: leftOf(one, most[i]!, left[i]!) }));
}

/** Positions of the tenth of the bars (whole pairs, at least one) that hold the reading up most, ascending. */
export function mostSalient(pairs: readonly SaliencyPair[], bars: number): number[] {
  const count = Math.max(1, Math.round((MOST * bars) / 2));
  const falling = pairs.filter(({ change }) => change > 0).sort((a, b) => b.change - a.change || a.from - b.from);
  return falling
    .slice(0, count)
    .flatMap(barsOf)
    .sort((a, b) => a - b);
}

const barsOf = ({ from, to }: { from: number; to: number }) => (from === to ? [from] : [from, to]);

async function readEach(
  network: Reader,
  closes: Float64Array,
  gone: readonly (readonly number[])[],
  signal: AbortSignal | undefined,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (let from = 0; from < gone.length; from += BATCH) {
    if (signal?.aborted) throw new BrainnetError('CANCELLED');
    const batch = gone.slice(from, from + BATCH).map((bars) => networkInput(withoutBars(closes, bars)));
    readings.push(...(await network.predictBatch(batch)).map(({ reading }) => reading));
  }
  return readings;
}

const probabilities = (reading: Reading, head: Head): Readonly<Record<string, number>> => reading[head];

function top(classes: Readonly<Record<string, number>>): { topClass: string; probability: number } {
  const [topClass, probability] = Object.entries(classes).reduce((best, one) => (one[1] > best[1] ? one : best));
  return { topClass, probability };
}

function ofHead(
  head: Head,
  plain: Reading,
  pairs: readonly { from: number; to: number }[],
  readings: readonly Reading[],
): Omit<HeadSaliency, 'without'> {
  const { topClass, probability } = top(probabilities(plain, head));
  const change = (reading: Reading) => probability - probabilities(reading, head)[topClass]!;
  return { head, topClass, probability, pairs: pairs.map((pair, i) => ({ ...pair, change: change(readings[i]!) })) };
}

function leftOf({ head, topClass }: Omit<HeadSaliency, 'without'>, bars: number[], reading: Reading) {
  const classes = probabilities(reading, head);
  return { bars, ...top(classes), kept: classes[topClass]! };
}

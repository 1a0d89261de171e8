import { z } from 'zod';
import {
  FittedSeries,
  type Governed,
  HEAD_NAMES,
  HeadResult,
  HeadsId,
  type HeadsVersion,
  HeldOutBin,
  Interval,
  IsoTime,
  Sha256,
  type Source,
  Ticker,
} from '../../../../shared/domain/index.ts';
import { canonicalJson, sha256 } from '../../platform/index.ts';
import type { LinearHead } from './softmax-regression.ts';

/** A head as it is stored: a correction of the shipped one (see `LinearHead`), weights as float32, little-endian, in base64. */
export const StoredHead = z.object({
  head: z.enum(HEAD_NAMES),
  /** Where it was validated, and nowhere else does it speak; dates as `Governed` has them. */
  interval: Interval,
  symbols: z.array(z.object({ symbol: Ticker, validatedThrough: z.iso.date() })).min(1),
  /** Everything that it was fitted on, bars of that interval. */
  fitted: z.array(FittedSeries),
  scale: z.number(),
  bias: z.array(z.number()),
  weights: z.base64(),
  /** Share of each class among the windows fitted on. */
  classShares: z.array(z.number()),
  /** On the validation windows, by class. */
  hitRates: z.record(z.string(), z.array(HeldOutBin)),
  result: HeadResult,
});
export type StoredHead = z.infer<typeof StoredHead>;

/** Where the bars of a symbol came from that a head was fitted on; undefined where it was fitted on none of that symbol. */
export const sourceOf = ({ fitted }: Pick<StoredHead, 'fitted'>, symbol: string): Source | undefined =>
  fitted.find((one) => one.symbol === symbol)?.source;

/** A version of heads: everything that is hashed. */
export const HeadsContent = z.object({
  format: z.literal(2),
  id: HeadsId,
  createdAt: IsoTime,
  engineVersion: z.string(),
  /** SHA-256 of the weights below the heads: with any others they mean nothing. */
  base: Sha256,
  windowBars: z.int(),
  horizonBars: z.int(),
  dims: z.int(),
  seed: z.int(),
  /** The last date that any of its heads was fitted on. */
  trainedThrough: z.iso.date(),
  /** No two of one name govern the same symbol, source and interval. */
  heads: z.array(StoredHead).min(1),
});
export type HeadsContent = z.infer<typeof HeadsContent>;

/** Heads ready to be applied, with the hash of their content. */
export interface Heads {
  content: HeadsContent;
  hash: string;
  /** In the order of `content.heads`. */
  linear: LinearHead[];
}

export const contentHashOf = (content: HeadsContent): string => sha256(canonicalJson(content));

/** The id of a version: its day and the start of the hash of everything else. */
export function headsId(content: Omit<HeadsContent, 'id'>): HeadsId {
  const day = content.createdAt.slice(0, 10).replaceAll('-', '');
  return `h-${day}-${sha256(canonicalJson(content)).slice(0, 8)}`;
}

const CLASSES = { regime: 4, direction: 3, volatility: 4 } as const;

/** @throws RangeError where two heads of one name govern the same series, or one has other numbers than its classes and the network's features ask for */
export function readyHeads(content: HeadsContent): Heads {
  const spans = governsOf(content).map(
    ({ head, symbol, source, interval }) => `${head} ${symbol} ${source} ${interval}`,
  );
  if (new Set(spans).size < spans.length) throw new RangeError('a head stands in it twice for one symbol and interval');
  const linear = content.heads.map(({ head, scale, bias, weights }) => {
    const values = decodeWeights(weights);
    if (bias.length !== CLASSES[head] || values.length !== CLASSES[head] * content.dims) {
      throw new RangeError(`the head ${head} has not the size of its classes and features`);
    }
    if (!values.every(Number.isFinite)) throw new RangeError(`a weight of the head ${head} is not a finite number`);
    return { scale, bias: Float64Array.from(bias), weights: values };
  });
  return { content, hash: contentHashOf(content), linear };
}

export function encodeWeights(weights: Float64Array): string {
  const bytes = Buffer.alloc(4 * weights.length);
  weights.forEach((weight, i) => {
    bytes.writeFloatLE(weight, 4 * i);
  });
  return bytes.toString('base64');
}

function decodeWeights(text: string): Float64Array {
  const bytes = Buffer.from(text, 'base64');
  return Float64Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(4 * i));
}

/** A version as screens list it. */
export function versionOf({ content, hash }: Heads): HeadsVersion {
  const { id, createdAt, trainedThrough, heads } = content;
  const names = HEAD_NAMES.filter((name) => heads.some(({ head }) => head === name));
  const fitted = unionOf(heads.flatMap((head) => head.fitted));
  const results = heads.map(({ result }) => result);
  return { id, createdAt, sha256: hash, heads: names, governs: governsOf(content), fitted, trainedThrough, results };
}

/** Where each of its heads speaks. */
export const governsOf = ({ heads }: Pick<HeadsContent, 'heads'>): Governed[] =>
  heads.flatMap((stored) =>
    stored.symbols.flatMap((own) => {
      const source = sourceOf(stored, own.symbol);
      return source ? [{ head: stored.head, interval: stored.interval, source, ...own }] : [];
    }),
  );

/** Each symbol once, from its first bar through its last. */
function unionOf(all: readonly FittedSeries[]): FittedSeries[] {
  const bySymbol = new Map<string, FittedSeries>();
  for (const one of all) {
    const other = bySymbol.get(one.symbol) ?? one;
    const from = one.from < other.from ? one.from : other.from;
    const { through, lastDate } = one.through > other.through ? one : other;
    bySymbol.set(one.symbol, { ...other, from, through, lastDate });
  }
  return [...bySymbol.values()];
}

import type { Interval, Source, TunedHeads } from '../../../../shared/domain/index.ts';
import { HEAD_NAMES } from '../../../../shared/domain/index.ts';
import { canonicalJson, sha256 } from '../../platform/index.ts';
import { listedName } from '../convnext/sample.ts';
import { type Heads, type StoredHead, sourceOf } from './heads.ts';
import type { LinearHead } from './softmax-regression.ts';

/** The series that a window is of: heads that were not validated on it do not speak there. */
export interface SeriesName {
  symbol: string;
  source: Source;
  interval: Interval;
}

/** The heads of a version that speak on one series. */
export interface GoverningHeads {
  tuned: TunedHeads;
  /** Of the bars that they read. */
  source: Source;
  /** SHA-256 of the head that reads the regime, from which C and the side of a decision come; null = the shipped one. */
  regimeHead: string | null;
  heads: { stored: StoredHead; weights: LinearHead }[];
}

/**
 * The heads of a version that were validated on this symbol, source and interval; null where there are none. A source is part of the name,
 * also where two of them hold the same company's bars (`samples` and `samples-closes`): what stands under one symbol in a CSV file is another
 * series than the one of that symbol elsewhere.
 * @param aliases other names of symbols, as the card has them
 */
export function governing(
  heads: Heads | null,
  { symbol, source, interval }: SeriesName,
  aliases: Readonly<Record<string, string>>,
): GoverningHeads | null {
  if (heads === null) return null;
  const name = listedName(symbol, aliases);
  const isOwn = (one: { symbol: string }) => listedName(one.symbol, aliases) === name;
  const own = heads.content.heads.flatMap((stored, i) => {
    if (stored.interval !== interval) return [];
    const span = stored.symbols.find((one) => isOwn(one) && sourceOf(stored, one.symbol) === source);
    return span ? [{ stored, weights: heads.linear[i]!, validatedThrough: span.validatedThrough }] : [];
  });
  if (own.length === 0) return null;
  const fitted = own.flatMap(({ stored }) => stored.fitted.filter(isOwn));
  const regime = own.find(({ stored }) => stored.head === 'regime')?.stored;
  return {
    tuned: {
      ...{ id: heads.content.id, sha256: heads.hash, symbol, interval },
      heads: HEAD_NAMES.filter((head) => own.some(({ stored }) => stored.head === head)),
      validatedThrough: own.map(({ validatedThrough }) => validatedThrough).sort()[0]!,
      trainedThrough: fitted
        .map(({ lastDate }) => lastDate)
        .sort()
        .at(-1)!,
    },
    source,
    regimeHead: regime ? hashOfHead(regime) : null,
    heads: own.map(({ stored, weights }) => ({ stored, weights })),
  };
}

/** Of what a head answers with: it stays the same where a later version carries the head on. */
const hashOfHead = ({ head, scale, bias, weights }: StoredHead): string =>
  sha256(canonicalJson({ head, scale, bias, weights }));

/** Whether an as-of (UTC ms) lies in what the heads were fitted on; earlier ones count, since the heads know what followed. */
export function isFitted({ tuned, heads }: GoverningHeads, asOfMs: number, aliases: Record<string, string>): boolean {
  const name = listedName(tuned.symbol, aliases);
  return heads.some(({ stored }) =>
    stored.fitted.some((one) => listedName(one.symbol, aliases) === name && asOfMs <= Date.parse(one.through)),
  );
}

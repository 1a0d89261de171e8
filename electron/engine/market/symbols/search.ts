import type { SymbolMatch } from '../../../../shared/contract/index.ts';
import type { Instrument } from '../../../../shared/domain/index.ts';
import { type ErrorData, toErrorData } from '../../../../shared/errors.ts';
import type { FoundSymbol } from '../remote/types.ts';
import { kindOfSymbol } from './kinds.ts';
import { normaliseSymbol, sameSymbol } from './normalise.ts';

export interface SymbolSearch {
  found: SymbolMatch[];
  /** Why the network gave nothing; the local answers stand all the same. */
  problem: ErrorData | null;
}

const MOST = 20;
const NO_MATCH = 9;

/**
 * Instruments whose symbol or name answers `query`: the symbol itself first, then symbols that begin with it, names in which every word of the
 * query begins a word, then symbols that contain it; among equals those with bars at hand before those of the network, then by symbol.
 * An instrument found in both is listed once, at hand. An empty query finds nothing.
 */
export async function searchSymbols(
  query: string,
  local: readonly Instrument[],
  remote?: (query: string) => Promise<FoundSymbol[]>,
): Promise<SymbolSearch> {
  const text = query.trim().slice(0, 80);
  if (text === '') return { found: [], problem: null };
  const mine = local.map(
    ({ symbol, name, source, currency }): SymbolMatch => ({
      ...{ symbol, name, source, currency },
      ...{ exchange: '', kind: kindOfSymbol(symbol) },
    }),
  );
  const { found: theirs, problem } = await askRemote(text, remote);
  const added = theirs.filter(({ symbol }) => !mine.some((own) => sameSymbol(own.symbol, symbol)));
  const ranked = [
    ...mine.map((match) => ({ match, rank: rankOf(match, text) })).filter(({ rank }) => rank < NO_MATCH),
    ...added.map((match) => ({ match: { ...match, source: null }, rank: rankOf(match, text) })),
  ].sort((a, b) => a.rank - b.rank || Number(!a.match.source) - Number(!b.match.source) || order(a.match, b.match));
  const listed = ranked.map(({ match }) => match);
  return { found: listed.slice(0, MOST), problem };
}

async function askRemote(
  text: string,
  remote: ((query: string) => Promise<FoundSymbol[]>) | undefined,
): Promise<{ found: FoundSymbol[]; problem: ErrorData | null }> {
  try {
    return { found: remote ? await remote(text) : [], problem: null };
  } catch (error) {
    return { found: [], problem: toErrorData(error) };
  }
}

function rankOf({ symbol, name }: Pick<FoundSymbol, 'symbol' | 'name'>, text: string): number {
  const spelled = symbolIn(text);
  if (spelled && sameSymbol(symbol, spelled)) return 0;
  const upper = text.toUpperCase();
  const bare = (word: string) => word.replace(/^\^/, '');
  if (bare(symbol).startsWith(bare(upper))) return 1;
  const words = wordsOf(name);
  if (wordsOf(text).every((word) => words.some((own) => own.startsWith(word)))) return 2;
  return symbol.includes(upper) ? 3 : NO_MATCH;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['\u0000'];
}

function symbolIn(text: string): string | null {
  try {
    return normaliseSymbol(text);
  } catch {
    return null;
  }
}

function order(a: SymbolMatch, b: SymbolMatch): number {
  return a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0;
}

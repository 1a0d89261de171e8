import { BrainnetError } from '../../../../shared/errors.ts';

/** BAD_CSV with its one-sentence problem; text of the file appears only through `quoted`. */
export function badCsv(problem: string): BrainnetError {
  return new BrainnetError('BAD_CSV', { problem });
}

/** Most characters of a file's text that are shown. */
const MOST_CHARS = 40;

/** A piece of a hostile file as it may be shown: printable, at most 40 characters. */
export function printable(text: string): string {
  const safe = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return safe.length > MOST_CHARS ? `${safe.slice(0, MOST_CHARS).replace(/[\ud800-\udbff]$/, '')}...` : safe;
}

/** The same in quotation marks, as it may stand in a sentence. */
export function quoted(text: string): string {
  return `"${printable(text)}"`;
}

import { BrainnetError } from '../../../../shared/errors.ts';

/** BAD_CSV with its one-sentence problem; text of the file appears only through `quoted`. */
export function badCsv(problem: string): BrainnetError {
  return new BrainnetError('BAD_CSV', { problem });
}

/** A piece of a hostile file as it may stand in a sentence: printable, at most 40 characters, in quotation marks. */
export function quoted(text: string): string {
  const printable = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return `"${printable.length > 40 ? `${printable.slice(0, 40)}...` : printable}"`;
}

/** Words of a query that are looked for; more would only cost time. */
const MOST = 24;

/**
 * What a user typed as one FTS5 expression for each word, none of which can be an operator: the word itself, or a longer one that begins with it.
 * Empty where nothing in it is a word.
 */
export function searchWords(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].slice(0, MOST).map((word) => `"${word.slice(0, 64)}"${word.length > 2 ? '*' : ''}`);
}

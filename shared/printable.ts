/** A text of a stranger as it may stand in a line: nothing in it moves a cursor, breaks the line or turns the order of its letters. */
export const printable = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');

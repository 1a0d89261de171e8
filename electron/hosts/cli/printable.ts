/** Without control characters, which a terminal would obey. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?');

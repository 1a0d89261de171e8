/** What has no width: it can part a number and is not seen. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?!\s)\p{Cc}/gu;
/** What is drawn over a plain character or a number, where it makes no letter of its own. */
const DRAWN_OVER = /(?<=[ -~\p{N}])\p{M}+/gu;

/** A text as a reader sees it: without marks that have no width, and composed. */
export const readable = (text: string): string => text.replace(UNSEEN, '').normalize('NFC').replace(DRAWN_OVER, '');

import { z } from 'zod';

/** Control characters but tab and line end, and marks that turn the direction of writing. */
const UNSEEN = /(?![\t\n])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text without what cannot be seen. */
export const seen = (most: number) =>
  z
    .string()
    .max(most, `it may have at most ${most} characters`)
    .transform((text) => text.replace(UNSEEN, '').trim());

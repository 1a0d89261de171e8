import { z } from 'zod';

/** A symbol as exchanges and Yahoo write it: 1 to 20 of letters, digits and `^ . - = _ /`, for example AAPL, ^GSPC, BRK-B, ES=F. */
export const Ticker = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9^][A-Z0-9^.\-=_/]{0,19}$/, 'a symbol has 1 to 20 letters, digits or ^ . - = _ /');

export const DecisionId = z.string().regex(/^d-[0-9a-f-]{36}$/, 'a decision id looks like d-0190...');
export const RunId = z.string().regex(/^r-[0-9a-f-]{36}$/, 'a run id looks like r-0190...');

/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A moment in UTC, ISO 8601 with milliseconds, for example 2012-12-31T05:00:00.000Z. */
export const IsoTime = z.iso.datetime();

import { z } from 'zod';
import { ErrorData } from '../errors.ts';
import { Ticker } from './ids.ts';
import { Source } from './series.ts';

/** Sources whose bars lie on this machine, so that settling by them asks nothing of the network. */
export const LOCAL_SOURCES = ['csv', 'samples', 'samples-closes'] as const satisfies readonly Source[];

/** What settling did. */
export const SettleReport = z.object({
  settled: z.int(),
  /** Decisions whose horizon has not passed in the bars at hand. */
  pending: z.int(),
  /** Decisions whose bar is not in the series any more. */
  lost: z.int(),
  /** Instruments whose bars could not be had; their decisions stay as they are. */
  failed: z.array(z.object({ symbol: Ticker, source: Source, error: ErrorData })),
});
export type SettleReport = z.infer<typeof SettleReport>;

export const SettleInput = z.object({
  /** Only this one; left out: every symbol with a pending decision. */
  symbol: Ticker.optional(),
  /** Sources on the network are asked too; else only the bars on this machine count. */
  online: z.boolean().default(false),
});

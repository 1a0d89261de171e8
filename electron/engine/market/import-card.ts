import { z } from 'zod';
import { CsvOptions, Interval, Notice, Sha256, Ticker, TimeZone } from '../../../shared/domain/index.ts';

/** What lies beside a stored original and makes it an import. */
export const ImportCard = z.object({
  symbol: Ticker,
  interval: Interval,
  /** Name of the file the user gave. */
  fileName: z.string(),
  /** Name of the stored original beside this card. */
  stored: z.string().regex(/^[A-Za-z0-9%.-]+\.csv(\.gz)?$/),
  /** Of the original's bytes. */
  sha256: Sha256,
  /** Whether the original was packed for storing. */
  packed: z.boolean().default(false),
  /** How the original was read, every option in force; cards of earlier versions have none: plain files, all recognised. */
  options: CsvOptions.default({}),
  /** What every series of it says of its source. */
  sourceNotices: z.array(Notice).default([]),
  currency: z.string(),
  timezone: TimeZone,
  closeOnly: z.boolean(),
  bars: z.int(),
  firstDate: z.iso.date(),
  lastDate: z.iso.date(),
});
export type ImportCard = z.infer<typeof ImportCard>;

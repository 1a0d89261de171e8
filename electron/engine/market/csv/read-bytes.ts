import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { breathe } from '../source.ts';
import { decoded } from './decode.ts';
import { CsvReader } from './reader.ts';
import type { CsvReading } from './reading.ts';
import { MAX_FILE_BYTES, unpacked } from './unpack.ts';

const STEP_CHARS = 128 * 1024;

/**
 * Reads the bytes of a CSV file, packed or not, in memory bounded by its bars; lets the event loop turn after every stretch.
 * @throws BAD_CSV, TOO_LARGE over `limit` bytes, and what the source throws
 */
export async function readCsvBytes(
  source: AsyncIterable<Uint8Array>,
  told: CsvOptions,
  limit = MAX_FILE_BYTES,
): Promise<CsvReading> {
  const reader = new CsvReader(told);
  let pending = 0;
  for await (const text of decoded(unpacked(source, limit))) {
    for (let at = 0; at < text.length; at += STEP_CHARS) {
      reader.push(text.slice(at, at + STEP_CHARS));
      pending += Math.min(STEP_CHARS, text.length - at);
      if (pending < STEP_CHARS) continue;
      pending = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return breathe(reader.finish());
}

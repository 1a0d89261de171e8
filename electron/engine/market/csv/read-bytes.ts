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
  let waiting = '';
  for await (const text of decoded(unpacked(source, limit))) {
    waiting += text;
    while (waiting.length >= STEP_CHARS) {
      reader.push(waiting.slice(0, STEP_CHARS));
      waiting = waiting.slice(STEP_CHARS);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  reader.push(waiting);
  return breathe(reader.finish());
}

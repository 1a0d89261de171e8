import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { CsvReader } from './reader.ts';
import type { CsvReading } from './reading.ts';

/** Text given whole may have this many bytes in UTF-8; files that are streamed have another limit. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;
const STEP_CHARS = 128 * 1024;

/**
 * Reads a CSV text into columns as delivered, in the file's order, by what the user told and what the file shows. Yields after every
 * stretch of text, so that a caller may let others run. @throws BAD_CSV, TOO_LARGE
 */
export function* readCsvSteps(content: string, told: CsvOptions): Generator<void, CsvReading> {
  checkTextSize(content);
  const reader = new CsvReader(told);
  for (let at = 0; at < content.length; at += STEP_CHARS) {
    reader.push(content.slice(at, at + STEP_CHARS));
    yield;
  }
  return yield* reader.finish();
}

/** `readCsvSteps` at one go. */
export function readCsv(content: string, told: CsvOptions): CsvReading {
  const steps = readCsvSteps(content, told);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** @throws TOO_LARGE over 16 MiB */
export function checkTextSize(content: string): void {
  const bytes = content.length > MAX_TEXT_BYTES / 3 ? Buffer.byteLength(content, 'utf8') : 0;
  if (bytes <= MAX_TEXT_BYTES) return;
  const size = `${(Math.ceil((bytes / 1024 / 1024) * 10) / 10).toFixed(1)} MiB`;
  throw new BrainnetError('TOO_LARGE', { what: 'The CSV file', size, limit: '16 MiB' });
}

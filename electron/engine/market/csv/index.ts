export type { CsvForm } from './form.ts';
export { formWords, INTERVAL_WORDS } from './form.ts';
export { gapWords } from './intervals.ts';
export { keepOriginal, type Original, type StoredOriginal } from './original.ts';
export { badCsv } from './problem.ts';
export { readCsvBytes } from './read-bytes.ts';
export { checkTextSize, readCsv, readCsvSteps } from './read-text.ts';
export { CSV_DEFAULTS, type CsvReading } from './reading.ts';
export { MAX_FILE_BYTES, unpacked } from './unpack.ts';

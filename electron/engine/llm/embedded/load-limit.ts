/** A minute, and the time of a disk that reads 10 MB a second: five minutes for the 2.4 GB of Phi-3.5. */
const LIMIT = { ms: 60_000, bytesPerMs: 10_000 };

/** Most milliseconds of a load, measurement included. @param bytes of the file */
export const loadLimitMs = (bytes: number): number => LIMIT.ms + bytes / LIMIT.bytesPerMs;

import { type FileHandle, open } from 'node:fs/promises';

/** The file ends before what it announces. */
export class CutShort extends Error {}
/** The head announces more than any model has. */
export class TooMuch extends Error {}

/** Small, so that other work gets its turn between two reads. */
const BUFFER = 1 << 16;
const MOST_TEXT = 1 << 15;
/** Bytes of a head at most; those of known models have some ten million. */
export const MOST_HEAD = 1 << 28;

/**
 * Reads a file from its start, little-endian, through one buffer. Every read may throw CutShort, or TooMuch beyond MOST_HEAD bytes,
 * or what the signal throws.
 */
export interface ByteReader {
  readonly size: number;
  bytes(length: number): Promise<Buffer>;
  uint32(): Promise<number>;
  uint64(): Promise<number>;
  text(): Promise<string>;
  /** Over so many bytes. */
  skip(length: number): void;
  at(): number;
}

/** Opens a file, has it read, and closes it. @throws what the system or `read` throws */
export async function withBytesOf<T>(
  file: string,
  read: (reader: ByteReader) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const handle = await open(file, 'r');
  try {
    return await read(byteReader(handle, (await handle.stat()).size, signal));
  } finally {
    await handle.close();
  }
}

function byteReader(handle: FileHandle, size: number, signal: AbortSignal | undefined): ByteReader {
  const buffer = Buffer.alloc(BUFFER);
  let start = 0;
  let held = 0;
  let position = 0;

  const move = (length: number) => {
    position += length;
    if (position > size) throw new CutShort();
    if (position > MOST_HEAD) throw new TooMuch(`its head is longer than ${MOST_HEAD} bytes`);
  };
  const bytes = async (length: number): Promise<Buffer> => {
    if (length > BUFFER) throw new CutShort();
    const from = position;
    move(length);
    if (from < start || position > start + held) {
      signal?.throwIfAborted();
      held = (await handle.read(buffer, 0, BUFFER, from)).bytesRead;
      start = from;
      if (held < length) throw new CutShort();
    }
    return buffer.subarray(from - start, from - start + length);
  };
  const uint64 = async () => Number((await bytes(8)).readBigUInt64LE());
  return {
    size,
    bytes,
    uint64,
    uint32: async () => (await bytes(4)).readUInt32LE(),
    text: async () => {
      const length = await uint64();
      if (length > MOST_TEXT) throw new CutShort();
      return (await bytes(length)).toString('utf8');
    },
    skip: move,
    at: () => position,
  };
}

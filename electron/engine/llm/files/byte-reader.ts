import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The file ends before what it announces. */
export class CutShort extends Error {}

const BUFFER = 1 << 20;
const MOST_TEXT = 1 << 16;

/** Reads a file from its start, little-endian, through one buffer. Every read may throw CutShort. */
export function byteReader(file: string) {
  const handle = openSync(file, 'r');
  const { size } = fstatSync(handle);
  const buffer = Buffer.alloc(BUFFER);
  let start = 0;
  let held = 0;
  let position = 0;

  const bytes = (length: number): Buffer => {
    if (length > BUFFER || position + length > size) throw new CutShort();
    if (position < start || position + length > start + held) {
      held = readSync(handle, buffer, 0, BUFFER, position);
      start = position;
      if (held < length) throw new CutShort();
    }
    const from = position - start;
    position += length;
    return buffer.subarray(from, from + length);
  };
  const uint64 = () => Number(bytes(8).readBigUInt64LE());
  return {
    size,
    bytes,
    uint64,
    uint32: () => bytes(4).readUInt32LE(),
    text: () => {
      const length = uint64();
      if (length > MOST_TEXT) throw new CutShort();
      return bytes(length).toString('utf8');
    },
    skip: (length: number) => {
      position += length;
      if (position > size) throw new CutShort();
    },
    at: () => position,
    close: () => closeSync(handle),
  };
}

import { BrainnetError } from '../../../../shared/errors.ts';
import { byteReader, CutShort } from './byte-reader.ts';

export interface GgufHeader {
  /** Name that the file gives itself; null where it gives none. */
  name: string | null;
  architecture: string | null;
  /** Bytes that the file must have for all its tensors to be in it. */
  bytes: number;
}

type Reader = ReturnType<typeof byteReader>;

const MOST_ENTRIES = 1_000_000;
const MOST_DIMENSIONS = 8;
const DEEPEST = 4;
const DEFAULT_ALIGNMENT = 32;
/** Bytes of a metadata value by its type; 8 is a string, 9 an array. */
const VALUE_BYTES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const STRING = 8;
const ARRAY = 9;
const UINT32 = 4;

/** By ggml's number of a tensor type: elements of a block, and its bytes (ggml.c, type_traits). */
const BLOCKS: Record<number, readonly [number, number]> = {
  ...{ 0: [1, 4], 1: [1, 2], 2: [32, 18], 3: [32, 20], 6: [32, 22], 7: [32, 24], 8: [32, 34], 9: [32, 36] },
  ...{ 10: [256, 84], 11: [256, 110], 12: [256, 144], 13: [256, 176], 14: [256, 210], 15: [256, 292] },
  ...{ 16: [256, 66], 17: [256, 74], 18: [256, 98], 19: [256, 50], 20: [32, 18], 21: [256, 110], 22: [256, 82] },
  ...{ 23: [256, 136], 24: [1, 1], 25: [1, 2], 26: [1, 4], 27: [1, 8], 28: [1, 8], 29: [256, 56], 30: [1, 2] },
  ...{ 34: [256, 54], 35: [256, 66], 39: [32, 17] },
};

/**
 * Reads the head of a GGUF file, and refuses what is none, or is cut short.
 * @throws MODEL_FILE_REFUSED
 */
export function readGguf(file: string): GgufHeader {
  const refused = (problem: string) => new BrainnetError('MODEL_FILE_REFUSED', { file, problem });
  const reader = byteReader(file);
  try {
    const header = readHeader(reader);
    if (!header) throw refused('it is not a GGUF file');
    if (header.bytes > reader.size) throw new CutShort();
    return header;
  } catch (error) {
    if (error instanceof CutShort) throw refused('it is damaged or cut short');
    throw error;
  } finally {
    reader.close();
  }
}

/** @throws CutShort where the head goes on beyond the file, or says what cannot be */
function readHeader(reader: Reader): GgufHeader | null {
  if (reader.size < 24 || reader.bytes(4).toString('latin1') !== 'GGUF') return null;
  const version = reader.uint32();
  if (version < 2 || version > 3) return null;
  const tensors = count(reader);
  const entries = count(reader);
  const about = { name: null as string | null, architecture: null as string | null, alignment: DEFAULT_ALIGNMENT };
  for (let i = 0; i < entries; i++) readEntry(reader, about);
  let end = 0;
  for (let i = 0; i < tensors; i++) end = Math.max(end, tensorEnd(reader));
  const start = Math.ceil(reader.at() / about.alignment) * about.alignment;
  return { name: about.name, architecture: about.architecture, bytes: start + end };
}

function readEntry(reader: Reader, about: { name: string | null; architecture: string | null; alignment: number }) {
  const key = reader.text();
  const type = reader.uint32();
  if (type === STRING && key === 'general.name') about.name = reader.text();
  else if (type === STRING && key === 'general.architecture') about.architecture = reader.text();
  else if (type === UINT32 && key === 'general.alignment') about.alignment = Math.max(1, reader.uint32());
  else skip(reader, type, 0);
}

function skip(reader: Reader, type: number, depth: number): void {
  if (type === ARRAY) skipArray(reader, depth + 1);
  else reader.skip(type === STRING ? reader.uint64() : (VALUE_BYTES[type] ?? damaged()));
}

function skipArray(reader: Reader, depth: number): void {
  if (depth > DEEPEST) damaged();
  const type = reader.uint32();
  const length = reader.uint64();
  if (type === STRING || type === ARRAY) {
    for (let i = 0; i < length; i++) skip(reader, type, depth);
  } else reader.skip((VALUE_BYTES[type] ?? damaged()) * length);
}

/** Where a tensor ends, in bytes after the start of all tensors; of a type not known here, where it starts. */
function tensorEnd(reader: Reader): number {
  reader.skip(reader.uint64());
  const dimensions = reader.uint32();
  if (dimensions > MOST_DIMENSIONS) damaged();
  let elements = 1;
  for (let i = 0; i < dimensions; i++) elements *= reader.uint64();
  const block = BLOCKS[reader.uint32()];
  const offset = reader.uint64();
  return block ? offset + (elements / block[0]) * block[1] : offset;
}

function count(reader: Reader): number {
  const value = reader.uint64();
  return value > MOST_ENTRIES ? damaged() : value;
}

function damaged(): never {
  throw new CutShort();
}

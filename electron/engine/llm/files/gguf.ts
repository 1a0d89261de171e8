import { BrainnetError } from '../../../../shared/errors.ts';
import { type ByteReader, CutShort, TooMuch, withBytesOf } from './byte-reader.ts';

export interface GgufHeader {
  /** Name that the file gives itself; null where it gives none. */
  name: string | null;
  architecture: string | null;
  /** How many files the model lies in, this one counted. */
  files: number;
  /** Bytes that the file must have for all its tensors to be in it. */
  bytes: number;
}

/** Far more than any model has. */
const MOST = { entries: 10_000, tensors: 100_000, texts: 2_000_000 };
const MOST_DIMENSIONS = 8;
const DEEPEST = 4;
const DEFAULT_ALIGNMENT = 32;
/** Bytes of a metadata value by its type; 8 is a string, 9 an array. */
const VALUE_BYTES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const STRING = 8;
const ARRAY = 9;
/** Of whole numbers, the first byte of each first. */
const WHOLE: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 10, 11]);
const UINT32 = 4;

/** By ggml's number of a tensor type: elements of a block, and its bytes (ggml.c, type_traits). */
const BLOCKS: Record<number, readonly [number, number]> = {
  ...{ 0: [1, 4], 1: [1, 2], 2: [32, 18], 3: [32, 20], 6: [32, 22], 7: [32, 24], 8: [32, 34], 9: [32, 36] },
  ...{ 10: [256, 84], 11: [256, 110], 12: [256, 144], 13: [256, 176], 14: [256, 210], 15: [256, 292] },
  ...{ 16: [256, 66], 17: [256, 74], 18: [256, 98], 19: [256, 50], 20: [32, 18], 21: [256, 110], 22: [256, 82] },
  ...{ 23: [256, 136], 24: [1, 1], 25: [1, 2], 26: [1, 4], 27: [1, 8], 28: [1, 8], 29: [256, 56], 30: [1, 2] },
  ...{ 34: [256, 54], 35: [256, 66], 39: [32, 17] },
};

/** What is gathered of a head while it is read. */
interface Gathered {
  name: string | null;
  architecture: string | null;
  files: number;
  alignment: number;
  /** Texts and lists of all lists so far. */
  texts: number;
}

/**
 * Reads the head of a GGUF file piece by piece, and refuses what is none, is cut short, or announces more than any model has.
 * @throws MODEL_FILE_REFUSED, what the system throws where it cannot be read, or what the signal throws
 */
export async function readGguf(file: string, signal?: AbortSignal): Promise<GgufHeader> {
  const refused = (problem: string) => new BrainnetError('MODEL_FILE_REFUSED', { file, problem });
  try {
    return await withBytesOf(
      file,
      async (reader) => {
        const header = await readHeader(reader);
        if (!header) throw refused('it is not a GGUF file');
        if (header.bytes > reader.size) throw new CutShort();
        return header;
      },
      signal,
    );
  } catch (error) {
    if (error instanceof CutShort) throw refused('it is damaged or cut short');
    if (error instanceof TooMuch) throw refused(error.message);
    throw error;
  }
}

/** @throws CutShort where the head goes on beyond the file, or says what cannot be; TooMuch */
async function readHeader(reader: ByteReader): Promise<GgufHeader | null> {
  if (reader.size < 24 || (await reader.bytes(4)).toString('latin1') !== 'GGUF') return null;
  const version = await reader.uint32();
  if (version < 2 || version > 3) return null;
  const tensors = bounded('tensors', await reader.uint64());
  const entries = bounded('entries', await reader.uint64());
  const gathered: Gathered = { name: null, architecture: null, files: 1, alignment: DEFAULT_ALIGNMENT, texts: 0 };
  for (let i = 0; i < entries; i++) await readEntry(reader, gathered);
  let end = 0;
  for (let i = 0; i < tensors; i++) end = Math.max(end, await tensorEnd(reader));
  const { name, architecture, files, alignment } = gathered;
  return { name, architecture, files, bytes: Math.ceil(reader.at() / alignment) * alignment + end };
}

async function readEntry(reader: ByteReader, gathered: Gathered): Promise<void> {
  const key = await reader.text();
  const type = await reader.uint32();
  if (type === STRING && key === 'general.name') gathered.name = await reader.text();
  else if (type === STRING && key === 'general.architecture') gathered.architecture = await reader.text();
  else if (WHOLE.has(type) && key === 'split.count') gathered.files = await whole(reader, type);
  else if (type === UINT32 && key === 'general.alignment') gathered.alignment = Math.max(1, await reader.uint32());
  else await skip(reader, type, 0, gathered);
}

async function whole(reader: ByteReader, type: number): Promise<number> {
  const bytes = await reader.bytes(VALUE_BYTES[type]!);
  return bytes.readUIntLE(0, Math.min(6, bytes.length));
}

async function skip(reader: ByteReader, type: number, depth: number, gathered: Gathered): Promise<void> {
  if (type === ARRAY) await skipArray(reader, depth + 1, gathered);
  else reader.skip(type === STRING ? await reader.uint64() : (VALUE_BYTES[type] ?? damaged()));
}

async function skipArray(reader: ByteReader, depth: number, gathered: Gathered): Promise<void> {
  if (depth > DEEPEST) damaged();
  const type = await reader.uint32();
  const length = await reader.uint64();
  if (type !== STRING && type !== ARRAY) return reader.skip((VALUE_BYTES[type] ?? damaged()) * length);
  gathered.texts = bounded('texts', gathered.texts + length);
  for (let i = 0; i < length; i++) await skip(reader, type, depth, gathered);
}

/** Where a tensor ends, in bytes after the start of all tensors; of a type not known here, where it starts. */
async function tensorEnd(reader: ByteReader): Promise<number> {
  reader.skip(await reader.uint64());
  const dimensions = await reader.uint32();
  if (dimensions > MOST_DIMENSIONS) damaged();
  let elements = 1;
  for (let i = 0; i < dimensions; i++) elements *= await reader.uint64();
  const block = BLOCKS[await reader.uint32()];
  const offset = await reader.uint64();
  return block ? offset + (elements / block[0]) * block[1] : offset;
}

/** @throws TooMuch, which says how many there are */
function bounded(what: keyof typeof MOST, count: number): number {
  if (count > MOST[what]) throw new TooMuch(`its head announces ${count} ${what}, and ${MOST[what]} are the most`);
  return count;
}

function damaged(): never {
  throw new CutShort();
}

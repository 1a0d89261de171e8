/** Writes GGUF version 3 files (github.com/ggml-org/ggml/blob/master/docs/gguf.md), little-endian. */
const TYPES = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
const ALIGNMENT = 32;
const F32 = 0;

export type MetadataValue =
  | { type: 'uint32' | 'int32' | 'float32'; value: number }
  | { type: 'bool'; value: boolean }
  | { type: 'string'; value: string }
  | { type: 'strings'; value: readonly string[] }
  | { type: 'float32s' | 'int32s'; value: readonly number[] };

export interface F32Tensor {
  name: string;
  /** Innermost first, as ggml counts. */
  shape: readonly number[];
  data: Float32Array;
}

export function gguf(metadata: Record<string, MetadataValue>, tensors: readonly F32Tensor[]): Buffer {
  const entries = Object.entries(metadata);
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(entries.length),
    ...entries.flatMap(([key, value]) => [text(key), ...valueParts(value)]),
    ...tensorHeads(tensors),
  ]);
  return Buffer.concat([padded(head), ...tensors.map(({ data }) => padded(Buffer.from(data.buffer)))]);
}

function tensorHeads(tensors: readonly F32Tensor[]): Buffer[] {
  let offset = 0;
  return tensors.flatMap(({ name, shape, data }) => {
    const at = offset;
    offset += roundUp(data.byteLength);
    return [text(name), uint32(shape.length), ...shape.map(uint64), uint32(F32), uint64(at)];
  });
}

function valueParts(entry: MetadataValue): Buffer[] {
  switch (entry.type) {
    case 'strings':
      return [...arrayHead(TYPES.string, entry.value.length), ...entry.value.map(text)];
    case 'float32s':
      return [...arrayHead(TYPES.float32, entry.value.length), ...entry.value.map(float32)];
    case 'int32s':
      return [...arrayHead(TYPES.int32, entry.value.length), ...entry.value.map(int32)];
    case 'string':
      return [uint32(TYPES.string), text(entry.value)];
    case 'bool':
      return [uint32(TYPES.bool), Buffer.from([entry.value ? 1 : 0])];
    case 'float32':
      return [uint32(TYPES.float32), float32(entry.value)];
    case 'uint32':
    case 'int32':
      return [uint32(TYPES[entry.type]), int32(entry.value)];
  }
}

const arrayHead = (type: number, length: number) => [uint32(TYPES.array), uint32(type), uint64(length)];
const roundUp = (size: number) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(roundUp(bytes.length) - bytes.length)]);

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function written(size: number, write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(size);
  write(bytes);
  return bytes;
}

const uint32 = (value: number) => written(4, (bytes) => bytes.writeUInt32LE(value));
const int32 = (value: number) => written(4, (bytes) => bytes.writeInt32LE(value));
const float32 = (value: number) => written(4, (bytes) => bytes.writeFloatLE(value));
const uint64 = (value: number) => written(8, (bytes) => bytes.writeBigUInt64LE(BigInt(value)));

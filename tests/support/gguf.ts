const uint32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const uint64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const text = (value: string) => Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);

const BYTES = { 0: 1, 2: 2, 4: 4, 5: 4, 10: 8 };
const sized = (value: number, type: keyof typeof BYTES) => uint64(value).subarray(0, BYTES[type]);

export interface GgufParts {
  architecture?: string;
  name?: string;
  /** As the head counts the texts of its vocabulary; those that are there are True, False and empty ones. */
  tokens?: number;
  /** How many files the model lies in, as the type of GGUF of that number says it (2 is uint16). */
  split?: { count: number; type?: 0 | 2 | 4 | 5 | 10 };
}

/** A GGUF file by the book: name, architecture, a vocabulary, one tensor of 64 x 2 in F32, so 512 bytes of data. */
export function ggufFile({ architecture = 'phi3', name = 'Mine', tokens = 2, split }: GgufParts = {}): Buffer {
  const parts = split ? [text('split.count'), uint32(split.type ?? 2), sized(split.count, split.type ?? 2)] : [];
  const head = Buffer.concat([
    ...[Buffer.from('GGUF'), uint32(3), uint64(1), uint64(split ? 4 : 3)],
    ...[text('general.architecture'), uint32(8), text(architecture)],
    ...[text('general.name'), uint32(8), text(name)],
    ...[text('tokenizer.ggml.tokens'), uint32(9), uint32(8), uint64(tokens), text('True'), text('False')],
    Buffer.alloc(8 * (Math.min(tokens, 1_000_000) - 2)),
    ...parts,
    ...[text('output.weight'), uint32(2), uint64(64), uint64(2), uint32(0), uint64(0)],
  ]);
  return Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), Buffer.alloc(512, 1)]);
}

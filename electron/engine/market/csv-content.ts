import { checkTextSize } from './csv/index.ts';
import type { ImportInput } from './types.ts';

const CHUNK_BYTES = 256 * 1024;

/** The bytes of what was handed in, in chunks. @throws TOO_LARGE for a text over 16 MiB */
export function contentBytes(content: ImportInput['content']): AsyncIterable<Uint8Array> {
  if (typeof content === 'string') {
    checkTextSize(content);
    return chunks(Buffer.from(content, 'utf8'));
  }
  return content instanceof Uint8Array ? chunks(content) : content;
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

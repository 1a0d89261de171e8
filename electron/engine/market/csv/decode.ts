import { firstBytes } from './unpack.ts';

/** Bytes from whose look the encoding is told. */
const HEAD = 64 * 1024;

/** Text of a file's bytes: UTF-8, UTF-16 by its mark or its look, else Windows-1252 (which holds Latin-1). */
export async function* decoded(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const { head, rest } = await firstBytes(source, HEAD);
  const decoder = new TextDecoder(encodingOf(head));
  for await (const chunk of rest) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The encoding that the beginning of a file shows. */
export function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const wide = wideEncoding(head.subarray(0, 512));
  if (wide) return wide;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** UTF-16 without a mark: every second byte of a text of digits is zero. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2]!++;
  const [even, odd] = zeros as [number, number];
  const most = bytes.length / 2 - 1;
  if (bytes.length < 8 || Math.max(even, odd) < most * 0.9 || Math.min(even, odd) > 0) return null;
  return even > odd ? 'utf-16be' : 'utf-16le';
}

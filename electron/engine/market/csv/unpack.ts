import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BrainnetError } from '../../../../shared/errors.ts';
import { badCsv } from './problem.ts';

/** A file may have this many bytes, packed and unpacked. */
export const MAX_FILE_BYTES = 1024 ** 3;

/**
 * The bytes of a file, unpacked where they begin as gzip does. Neither side may pass `limit` bytes, so that a packed bomb ends there.
 * @throws TOO_LARGE, BAD_CSV where the packed data are damaged
 */
export async function* unpacked(source: AsyncIterable<Uint8Array>, limit = MAX_FILE_BYTES): AsyncGenerator<Uint8Array> {
  const { head, rest } = await firstBytes(bounded(source, limit), 2);
  if (isGzip(head)) yield* bounded(gunzipped(rest), limit);
  else yield* rest;
}

/** The first bytes of a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** At least `count` bytes of the beginning, as far as there are so many, and everything from the beginning on. */
export async function firstBytes(
  source: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{ head: Uint8Array; rest: AsyncGenerator<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  for (let size = 0; size < count; ) {
    const { done, value } = await iterator.next();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  const head = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  return { head, rest: follow(head, iterator) };
}

async function* follow(head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const { done, value } = await iterator.next();
      if (done) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

async function* bounded(source: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    yield chunk;
  }
}

async function* gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 128 * 1024 });
  const input = Readable.from(source, { objectMode: true });
  input.once('error', (error) => gunzip.destroy(error));
  input.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!code.startsWith('Z_')) throw error;
    throw badCsv('its gzip data are damaged or cut off; pack it again');
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}

/** TOO_LARGE for a file over `limit` bytes. */
function tooLarge(limit: number): BrainnetError {
  const words = limit >= 1024 ** 3 ? `${limit / 1024 ** 3} GiB` : `${Math.ceil(limit / 1024 ** 2)} MiB`;
  return new BrainnetError('TOO_LARGE', { what: 'The CSV file', size: `more than ${words} unpacked`, limit: words });
}

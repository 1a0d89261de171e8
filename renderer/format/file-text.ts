/** A file that is larger than `limit` once unpacked. */
export class TooLarge extends Error {}

/** The text of a file, packed with gzip or not, in UTF-8, UTF-16 or Windows-1252. @throws TooLarge beyond `limit` bytes unpacked */
export async function textOfFile(file: Blob, limit: number): Promise<string> {
  const bytes = await bounded(unpacked(file, await head(file)), limit);
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

const head = async (file: Blob) => new Uint8Array(await file.slice(0, 2).arrayBuffer());

function unpacked(file: Blob, [first, second]: Uint8Array): ReadableStream<Uint8Array> {
  const stream: ReadableStream<Uint8Array<ArrayBuffer>> = file.stream();
  return first === 0x1f && second === 0x8b ? stream.pipeThrough(new DecompressionStream('gzip')) : stream;
}

async function bounded(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    size += step.value.length;
    if (size > limit) {
      await reader.cancel();
      throw new TooLarge();
    }
    parts.push(step.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** UTF-16 by its mark or by its zeros, UTF-8 where it is that, else Windows-1252. */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.length >= 4 && bytes[0] !== 0 && bytes[1] === 0 && bytes[3] === 0) return 'utf-16le';
  if (bytes.length >= 4 && bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

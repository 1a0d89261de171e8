import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TooLarge, textOfFile } from '../../../renderer/format/file-text.ts';

const TEXT = 'Datum;Schluss\n31.12.2012;7612,39 \u20ac\n';
const utf16 = (text: string, big: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const read = (bytes: Uint8Array<ArrayBuffer>, limit = 1000) => textOfFile(new Blob([bytes]), limit);
const copy = (bytes: Uint8Array) => new Uint8Array(bytes);

describe('the text of a file', () => {
  it('is read in the encodings that files come in', async () => {
    expect(await read(copy(Buffer.from(TEXT)))).toBe(TEXT);
    expect(await read(copy(Buffer.from(`\uFEFF${TEXT}`)))).toBe(TEXT);
    expect(await read(copy(utf16(`\uFEFF${TEXT}`, false)))).toBe(TEXT);
    expect(await read(copy(utf16(`\uFEFF${TEXT}`, true)))).toBe(TEXT);
    expect(await read(copy(utf16(TEXT, false)))).toBe(TEXT);
    expect(await read(copy(utf16(TEXT, true)))).toBe(TEXT);
    expect(await read(new Uint8Array([0x37, 0x2c, 0x35, 0x20, 0x80]))).toBe('7,5 \u20ac');
  });

  it('is unpacked, but never beyond the limit', async () => {
    expect(await read(copy(gzipSync(TEXT)))).toBe(TEXT);
    await expect(read(copy(gzipSync('0'.repeat(5000))))).rejects.toThrow(TooLarge);
    await expect(read(copy(Buffer.from('0'.repeat(1001))))).rejects.toThrow(TooLarge);
    await expect(read(copy(gzipSync(TEXT).subarray(0, 20)))).rejects.toThrow();
  });
});

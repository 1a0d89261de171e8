import { closeSync, ftruncateSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelFiles } from '../../../../electron/engine/llm/files/index.ts';
import { temporaryFolder } from '../../../support/engine.ts';
import { CONTENT, SPEC, smallFiles } from './support.ts';

const text = (value: string) => {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(value)));
  return Buffer.concat([length, Buffer.from(value)]);
};
const uint32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const uint64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);

/** A GGUF file by the book: name, architecture, a vocabulary, one tensor of 64 x 2 in F32, so 512 bytes of data. */
function gguf(architecture = 'phi3', name = 'Mine'): Buffer {
  const head = Buffer.concat([
    ...[Buffer.from('GGUF'), uint32(3), uint64(1), uint64(3)],
    ...[text('general.architecture'), uint32(8), text(architecture)],
    ...[text('tokenizer.ggml.tokens'), uint32(9), uint32(8), uint64(2), text('True'), text('False')],
    ...[text('general.name'), uint32(8), text(name)],
    ...[text('output.weight'), uint32(2), uint64(64), uint64(2), uint32(0), uint64(0)],
  ]);
  return Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), Buffer.alloc(512, 1)]);
}

describe('a file of the user', () => {
  let files: ModelFiles;
  let folder: string;
  let changes: number;
  const put = (content: Buffer, name = 'mine.gguf') => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  beforeEach(() => {
    changes = 0;
    folder = temporaryFolder('own');
    files = smallFiles(temporaryFolder('model'), 'http://127.0.0.1:9', {
      onChanged: () => {
        changes++;
      },
    });
  });

  it('is used where it lies, named as what it is, also by the next engine', async () => {
    const dataDir = temporaryFolder('model');
    const file = put(gguf());
    await smallFiles(dataDir, '').use(file);
    const next = smallFiles(dataDir, '');
    expect(next.list()).toMatchObject({
      problem: null,
      inUse: { path: file, place: 'own', check: 'own', title: 'Mine, a file of your own' },
    });
    expect(await next.forUse()).toMatchObject({ path: file, known: false });
  });

  it('is verified where it is the known model, and left again on word', async () => {
    const file = put(CONTENT);
    expect((await files.use(file)).inUse).toMatchObject({ place: 'own', check: 'verified', title: SPEC.title });
    expect(await files.forUse()).toMatchObject({ path: file, known: true });
    expect((await files.use(null)).problem?.code).toBe('LLM_MISSING');
    expect(changes).toBe(2);
  });

  it('is refused once it changed, and found missing', async () => {
    const file = put(gguf());
    await files.use(file);
    const changed = gguf();
    changed[changed.length - 1] = 2;
    writeFileSync(file, changed);
    await expect(files.forUse()).rejects.toThrow(/it changed since you chose it/);
    renameSync(file, `${file}.away`);
    await expect(files.forUse()).rejects.toMatchObject({ code: 'MODEL_FILE_GONE' });
    expect(files.list().problem?.sentence).toMatch(/brainnet models use --default/);
  });

  it.each<[string, (folder: string) => string, RegExp]>([
    ['a folder', (dir) => dir, /it is a folder/],
    ['no GGUF', () => put(Buffer.from('PK not a model, but long enough to be looked at')), /it is not a GGUF file/],
    ['an empty file', () => put(Buffer.alloc(0)), /it is not a GGUF file/],
    ['a file cut short by a byte', () => put(gguf().subarray(0, -1)), /damaged or cut short/],
    ['a file cut in its head', () => put(gguf().subarray(0, 90)), /damaged or cut short/],
    ['the eye of another model', () => put(gguf('clip')), /not a language model/],
    ['half a path', () => 'mine.gguf', /its path must be whole/],
  ])('is not %s', async (_, make, sentence) => {
    await expect(files.use(make(folder))).rejects.toMatchObject({
      code: 'MODEL_FILE_REFUSED',
      message: expect.stringMatching(sentence),
    });
    expect(changes).toBe(0);
  });

  it('is not one that does not exist', async () => {
    await expect(files.use(path.join(folder, 'none.gguf'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it.each([
    ['entries', 16],
    ['tensors', 8],
  ])('is refused at once where its head claims %s without end', async (_, at) => {
    const content = gguf();
    content.writeBigUInt64LE(2n ** 60n, at);
    await expect(files.use(put(content))).rejects.toMatchObject({ code: 'MODEL_FILE_REFUSED' });
  });

  it('is refused where a text in its head is longer than the file', async () => {
    const content = gguf();
    content.writeBigUInt64LE(2n ** 63n, 24);
    await expect(files.use(put(content))).rejects.toMatchObject({ code: 'MODEL_FILE_REFUSED' });
  });

  it('is read whole when asked, and that can be cancelled without changing what is in use', async () => {
    const file = put(gguf());
    await files.use(file);
    const handle = openSync(path.join(folder, 'large.gguf'), 'w');
    writeFileSync(handle, gguf());
    ftruncateSync(handle, 3e9);
    closeSync(handle);
    const using = files.use(path.join(folder, 'large.gguf'));
    await expect(Promise.all([using, files.cancel()])).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await files.verify()).inUse?.path).toBe(file);
    rmSync(path.join(folder, 'large.gguf'));
  });

  it('is never deleted', async () => {
    const file = put(gguf());
    mkdirSync(files.list().folder, { recursive: true });
    await files.use(file);
    expect(files.remove().inUse?.path).toBe(file);
  });
});

import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelFiles } from '../../../../electron/engine/llm/files/index.ts';
import { sha256 } from '../../../../electron/engine/platform/index.ts';
import { temporaryFolder } from '../../../support/engine.ts';
import { ggufFile } from '../../../support/gguf.ts';
import { CONTENT, SPEC, smallFiles } from './support.ts';

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
    const file = put(ggufFile());
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
    const file = put(ggufFile());
    await files.use(file);
    const changed = ggufFile();
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
    ['a file cut short by a byte', () => put(ggufFile().subarray(0, -1)), /damaged or cut short/],
    ['a file cut in its head', () => put(ggufFile().subarray(0, 90)), /damaged or cut short/],
    ['the eye of another model', () => put(ggufFile({ architecture: 'clip' })), /not a language model/],
    ['half a path', () => 'mine.gguf', /its path must be whole/],
  ])('is not %s', async (_, make, sentence) => {
    await expect(files.use(make(folder))).rejects.toMatchObject({
      code: 'MODEL_FILE_REFUSED',
      message: expect.stringMatching(sentence),
    });
    expect(changes).toBe(0);
  });

  it.each([0, 2, 4, 5, 10] as const)('is not one of several files of a model (number of type %i)', async (type) => {
    await expect(files.use(put(ggufFile({ split: { count: 2, type } })))).rejects.toThrow(
      /mine\.gguf cannot be used as a language model: it is one of 2 files of a model.+llama-gguf-split --merge/,
    );
    expect((await files.use(put(ggufFile({ split: { count: 1, type } })))).inUse).not.toBeNull();
  });

  it('that is one of several was chosen once, and is used no more', async () => {
    const dataDir = temporaryFolder('model');
    const whole = ggufFile({ split: { count: 1 } });
    const part = ggufFile({ split: { count: 2 } });
    const file = put(whole);
    await smallFiles(dataDir, '').use(file);
    writeFileSync(file, part);
    const chosen = path.join(dataDir, 'models', 'chosen.json');
    writeFileSync(chosen, readFileSync(chosen, 'utf8').replace(sha256(whole), sha256(part)));
    const next = smallFiles(dataDir, '');
    await expect(next.forUse()).rejects.toThrow(/one of 2 files/);
    await expect(next.verify()).rejects.toThrow(/one of 2 files/);
  });

  it('is not one that does not exist', async () => {
    await expect(files.use(path.join(folder, 'none.gguf'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it('is refused where a text in its head is longer than the file', async () => {
    const content = ggufFile();
    content.writeBigUInt64LE(2n ** 63n, 24);
    await expect(files.use(put(content))).rejects.toMatchObject({ code: 'MODEL_FILE_REFUSED' });
  });

  it('is read whole when asked, and that can be cancelled without changing what is in use', async () => {
    const file = put(ggufFile());
    await files.use(file);
    const handle = openSync(path.join(folder, 'large.gguf'), 'w');
    writeFileSync(handle, ggufFile());
    ftruncateSync(handle, 3e9);
    closeSync(handle);
    const using = files.use(path.join(folder, 'large.gguf'));
    await expect(Promise.all([using, files.cancel()])).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await files.verify()).inUse?.path).toBe(file);
    rmSync(path.join(folder, 'large.gguf'));
  });

  it('is never deleted', async () => {
    const file = put(ggufFile());
    mkdirSync(files.list().folder, { recursive: true });
    await files.use(file);
    expect(files.remove().inUse?.path).toBe(file);
  });
});

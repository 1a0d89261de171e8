import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelFiles } from '../../../../electron/engine/llm/files/index.ts';
import { temporaryFolder } from '../../../support/engine.ts';
import { ggufFile } from '../../../support/gguf.ts';
import { smallFiles } from './support.ts';

/** Files that were made to harm who reads them. */
describe('a hostile model file', () => {
  let files: ModelFiles;
  let file: string;
  beforeEach(() => {
    file = path.join(temporaryFolder('hostile'), 'mine.gguf');
    files = smallFiles(temporaryFolder('model'), 'http://127.0.0.1:9');
  });
  const refused = (problem: RegExp) =>
    expect(files.use(file)).rejects.toMatchObject({
      code: 'MODEL_FILE_REFUSED',
      message: expect.stringMatching(problem),
    });

  it('with 400 million texts is refused by their number, before they are read', async () => {
    const handle = openSync(file, 'w');
    writeFileSync(handle, ggufFile({ tokens: 400_000_000 }).subarray(0, 200));
    ftruncateSync(handle, 3_300_000_000);
    closeSync(handle);
    await refused(/its head announces 400000000 texts, and 2000000 are the most/);
    expect(files.list()).toMatchObject({ inUse: null, job: null });
  });

  it.each([
    ['tensors', 8, /its head announces \d+ tensors, and 100000 are the most/],
    ['entries', 16, /its head announces \d+ entries, and 10000 are the most/],
  ])('with %s without end is refused by their number', async (_, at, problem) => {
    const content = ggufFile();
    content.writeBigUInt64LE(2n ** 40n, at);
    writeFileSync(file, content);
    await refused(problem);
  });

  it('with a head that never ends is refused by its size', async () => {
    const content = ggufFile();
    const length = content.indexOf('True') - 8;
    content.writeBigUInt64LE(300_000_000n, length);
    const handle = openSync(file, 'w');
    writeFileSync(handle, content);
    ftruncateSync(handle, 3_300_000_000);
    closeSync(handle);
    await refused(/its head is longer than 268435456 bytes/);
  });

  it('lets other work go on while a large vocabulary is read', async () => {
    writeFileSync(file, ggufFile({ tokens: 1_000_000 }));
    let turns = 0;
    let isReading = true;
    const others = async () => {
      while (isReading) {
        await turn();
        turns++;
      }
    };
    const beside = others();
    await files.use(file);
    isReading = false;
    await beside;
    expect(turns).toBeGreaterThan(50);
  });

  it('is named by what can be printed, in quotation marks that it cannot close', async () => {
    const name = 'Phi\u001b[2K\r\u202e-3.5\n" verified, and \u2028then\u0007 some';
    writeFileSync(file, ggufFile({ name }));
    expect((await files.use(file)).inUse?.title).toBe("Phi?[2K??-3.5?' verified, and ?then? some, a file of your own");
  });
});

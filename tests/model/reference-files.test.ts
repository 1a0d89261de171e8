import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../electron/engine/platform/index.ts';
import { createConvnext, readModelInfo, readProjection, verifyModel } from '../../electron/engine/vision/index.ts';
import { CARD_FILE, MODEL_FILE } from './support.ts';

/** A models folder of its own with the small files; the weights stay where they are. */
let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'brainnet-reference-'));
  for (const name of ['model-card.json', 'reference.json', 'manifest.json']) {
    copyFileSync(path.join(path.dirname(CARD_FILE), name), at(name));
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

const change = (name: string, edit: (text: string) => string) =>
  writeFileSync(at(name), edit(readFileSync(at(name), 'utf8')));

/** The manifest states the file as it is now, as somebody would who changed both. */
function restate(name: string): void {
  const manifest = JSON.parse(readFileSync(at('manifest.json'), 'utf8')) as {
    files: { file: string; bytes: number; sha256: string }[];
  };
  const content = readFileSync(at(name));
  Object.assign(manifest.files.find(({ file }) => file === name)!, { bytes: content.length, sha256: sha256(content) });
  writeFileSync(at('manifest.json'), JSON.stringify(manifest));
}

async function refusedWith(code: string, file?: string): Promise<void> {
  const error = expect.objectContaining({ code, ...(file ? { details: { file } } : {}) });
  const options = { modelFile: MODEL_FILE, cardFile: at('model-card.json'), device: 'cpu' } as const;
  await expect(createConvnext(options)).rejects.toEqual(error);
  expect(() => verifyModel(MODEL_FILE, at('model-card.json'))).toThrow(error);
}

describe('the reference', () => {
  it('is refused when altered', async () => {
    change('reference.json', (text) => text.replace('"largestStep": ', '"largestStep": 1'));
    await refusedWith('MODEL_DAMAGED', 'reference.json');
    expect(() => readProjection(at('reference.json'))).toThrow(expect.objectContaining({ code: 'MODEL_DAMAGED' }));
  });

  it('is refused when cut short', async () => {
    change('reference.json', (text) => text.slice(0, 100_000));
    await refusedWith('MODEL_DAMAGED', 'reference.json');
  });

  it('is refused when it was made from other weights', async () => {
    change('reference.json', (text) => text.replace(/"weights": "[0-9a-f]{64}"/, `"weights": "${'0'.repeat(64)}"`));
    restate('reference.json');
    await refusedWith('MODEL_MISMATCHED', 'reference.json');
  });

  it('is refused when its arrays do not fit together', async () => {
    change('reference.json', (text) => text.replace('"length": 64', '"length": 63'));
    restate('reference.json');
    await refusedWith('MODEL_FAILED');
  });

  it('is said to be missing when it is', async () => {
    rmSync(at('reference.json'));
    await refusedWith('MODEL_MISSING', 'reference.json');
  });

  it('is said to be missing where a folder stands in its place', async () => {
    rmSync(at('reference.json'));
    mkdirSync(at('reference.json'));
    await refusedWith('MODEL_MISSING', 'reference.json');
    expect(() => readProjection(at('reference.json'))).toThrow(expect.objectContaining({ code: 'MODEL_MISSING' }));
  });

  it('is small', () => {
    expect(readFileSync(at('reference.json')).length).toBeLessThan(3_000_000);
  });
});

describe('the card', () => {
  it('is refused when altered, though it still reads as a card', async () => {
    change('model-card.json', (text) => text.replace(/"trainedThrough": "\d{4}/, '"trainedThrough": "1999'));
    await refusedWith('MODEL_DAMAGED', 'model-card.json');
    expect(() => readModelInfo(at('model-card.json'), MODEL_FILE)).toThrow(
      expect.objectContaining({ code: 'MODEL_DAMAGED' }),
    );
  });

  it('is said to be missing where a folder stands in its place', async () => {
    rmSync(at('model-card.json'));
    mkdirSync(at('model-card.json'));
    await refusedWith('MODEL_MISSING', 'model-card.json');
  });
});

describe('the manifest', () => {
  it('is said to be missing when it is, and refused when it is not one', async () => {
    writeFileSync(at('manifest.json'), '{"files": [');
    await refusedWith('MODEL_FAILED');
    rmSync(at('manifest.json'));
    await refusedWith('MODEL_MISSING', 'manifest.json');
    mkdirSync(at('manifest.json'));
    await refusedWith('MODEL_MISSING', 'manifest.json');
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../electron/engine/platform/index.ts';
import { createConvnext, listProviders, readModelInfo, verifyModel } from '../../electron/engine/vision/index.ts';
import { ModelInfo } from '../../shared/domain/index.ts';
import { CARD_FILE, MANIFEST_FILE, MODEL_FILE, open } from './support.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'brainnet-model-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function changed(name: string, change: (bytes: Buffer) => Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, change(readFileSync(MODEL_FILE)));
  return file;
}

const load = (modelFile: string, cardFile = CARD_FILE) => createConvnext({ modelFile, cardFile, device: 'cpu' });

describe('the model files', () => {
  it('are as the manifest states them', () => {
    const { files } = JSON.parse(readFileSync(MANIFEST_FILE, 'utf8')) as {
      files: { file: string; bytes: number; sha256: string; licence: string; source: string }[];
    };
    for (const { file, bytes, sha256: stated, licence, source } of files) {
      const content = readFileSync(path.join(path.dirname(MANIFEST_FILE), file));
      expect([file, content.length, sha256(content)]).toEqual([file, bytes, stated]);
      expect(licence && source).toBeTruthy();
    }
    expect(files.map(({ file }) => file)).toContain('convnext-tiny-gaf.onnx');
  });

  it('are refused when one byte is altered', async () => {
    const file = changed('altered.onnx', (bytes) => {
      bytes[30_000_000]! ^= 1;
      return bytes;
    });
    await expect(load(file)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
    expect(() => verifyModel(file, CARD_FILE)).toThrow(expect.objectContaining({ code: 'MODEL_DAMAGED' }));
  });

  it('are refused when cut short', async () => {
    const file = changed('short.onnx', (bytes) => bytes.subarray(0, 1_000_000));
    await expect(load(file)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
    expect(() => readModelInfo(CARD_FILE, file)).toThrow(expect.objectContaining({ code: 'MODEL_DAMAGED' }));
  });

  it('are said to be missing when they are', async () => {
    const nothing = path.join(folder, 'nothing');
    await expect(load(nothing)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
    await expect(load(MODEL_FILE, nothing)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  });

  it('are refused with a card that is not one', async () => {
    const card = path.join(folder, 'card.json');
    writeFileSync(card, '{"name": "convnext-tiny-gaf"');
    await expect(load(MODEL_FILE, card)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });
});

describe('the card', () => {
  it('tells the held-out figures and says plainly that direction shows no skill', () => {
    const info = ModelInfo.parse(readModelInfo(CARD_FILE, MODEL_FILE));
    expect(info).toMatchObject({ windowBars: 64, horizonBars: 16, embeddingLength: 768, parameters: 27_880_427 });
    expect(info.heldOut.windows).toBe(2346);
    const [regime, direction, volatility] = info.heads;
    expect(regime!.verdict).toMatch(/^Describes the window, forecasts nothing/);
    expect(direction!.accuracy.value).toBeLessThan(direction!.priorAccuracy.value);
    expect(direction!.verdict).toMatch(/^No skill measured/);
    expect(volatility!.verdict).toMatch(/^Small skill: right on 52\.8 %/);
  });
});

describe('the device', () => {
  it('that this build does not bring is replaced by the CPU, with one sentence', async () => {
    const providers = await listProviders();
    expect(providers).toContain('cpu');
    const network = await open({ device: 'cuda' });
    const { executionProvider, fallback } = network;
    await network.close();
    if (executionProvider === 'cuda') expect(fallback).toBeNull();
    else expect(fallback).toMatch(/^CUDA was asked for, but .+; the network runs on the CPU instead\.$/);
  });

  it('asked for as cpu or auto needs no excuse', async () => {
    const network = await open({ device: 'cpu', threads: 1 });
    expect([network.executionProvider, network.fallback, network.threads, network.batchSize]).toEqual([
      'cpu',
      null,
      1,
      1,
    ]);
    await network.close();
    await expect(network.predict(new Float64Array(64))).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });
});

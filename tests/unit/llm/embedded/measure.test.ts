import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { EmbeddedLlm } from '../../../../electron/engine/llm/embedded/index.ts';
import { tinyModelFile } from '../../../support/tiny-model/index.ts';
import { openModel } from './models.ts';

let llm: EmbeddedLlm;
afterEach(() => llm?.close());

test('threads, batch and lanes are measured once for a file on a machine, and kept', async () => {
  const tuningDir = mkdtempSync(path.join(tmpdir(), 'brainnet-tuning-'));
  const file = tinyModelFile();
  llm = await openModel(file, { tuning: undefined, dir: tuningDir, quiet: () => true });
  const name = 'tiny-phi3.gguf.tuning.json';
  const kept = JSON.parse(readFileSync(path.join(tuningDir, name), 'utf8'));
  expect(kept.tuning.threads).toBeGreaterThanOrEqual(1);
  expect(kept.tuning.threads).toBeLessThanOrEqual(availableParallelism());
  expect([128, 512]).toContain(kept.tuning.batch);
  expect(kept.tuning.lanes).toBe(kept.tuning.togetherGain >= 1.15 ? 4 : 1);
  expect(llm.tuning()).toMatchObject({ promptTokensPerSecond: kept.tuning.promptTokensPerSecond });
  await llm.close();

  const set = { ...kept, tuning: { ...kept.tuning, promptTokensPerSecond: 12.5 } };
  writeFileSync(path.join(tuningDir, name), JSON.stringify(set));
  llm = await openModel(file, { tuning: undefined, dir: tuningDir, quiet: () => true });
  expect(llm.tuning().promptTokensPerSecond).toBe(12.5);
  await llm.close();

  writeFileSync(path.join(tuningDir, name), JSON.stringify({ ...set, machine: 'another' }));
  llm = await openModel(file, { tuning: undefined, dir: tuningDir, quiet: () => true });
  expect(llm.tuning().promptTokensPerSecond).not.toBe(12.5);
});

test('a measurement on a busy machine is used and not kept', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'brainnet-tuning-'));
  llm = await openModel(tinyModelFile(), { tuning: undefined, dir, quiet: () => false });
  expect(llm.tuning().threads).toBeGreaterThanOrEqual(1);
  expect(existsSync(path.join(dir, 'tiny-phi3.gguf.tuning.json'))).toBe(false);
});

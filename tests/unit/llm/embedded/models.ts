import { existsSync } from 'node:fs';
import path from 'node:path';
import { createEmbeddedLlm, type EmbeddedLlm, type Tuning } from '../../../../electron/engine/llm/embedded/index.ts';
import { packageRoot } from '../../../../electron/engine/platform/index.ts';
import { tinyModelFile } from '../../../support/tiny-model/index.ts';

export const TUNING: Tuning = {
  threads: 1,
  batch: 256,
  lanes: 1,
  togetherGain: null,
  promptTokensPerSecond: 1000,
  generatedTokensPerSecond: 100,
};

const small = path.join(packageRoot(), '..', 'shared', 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf');

/**
 * Models that every test of the path runs on: random weights, and the small instruct model where it is at hand. `rounding` is
 * by how much a logit may differ with the size of the batch it was evaluated in: a quantized model rounds at each step.
 */
export const MODELS = [
  { name: 'random weights', file: () => tinyModelFile(), missing: false, rounding: 0.01 },
  { name: 'SmolLM2-135M-Instruct', file: () => small, missing: !existsSync(small), rounding: 0.4 },
];

type Options = Partial<Parameters<typeof createEmbeddedLlm>[0]>;

export function openModel(file: string, options: Options = {}): Promise<EmbeddedLlm> {
  return createEmbeddedLlm({
    file,
    sha256: null,
    dir: null,
    contextTokens: 4096,
    gpu: false,
    tuning: TUNING,
    loadLimitMs: 50_000,
    ...options,
  });
}

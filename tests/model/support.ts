import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../electron/engine/platform/index.ts';
import { type Convnext, createConvnext } from '../../electron/engine/vision/index.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'models');
export const MODEL_FILE = path.join(folder, 'convnext-tiny-gaf.onnx');
export const CARD_FILE = path.join(folder, 'model-card.json');
export const MANIFEST_FILE = path.join(folder, 'manifest.json');

/** A window with what the network answered in Python when it was exported. */
export interface ParityVector {
  close: number[];
  fieldSamples: { rowsAndColumns: number[]; values: number[][][] };
  logits: { regime: number[]; direction: number[]; volatility: number[] };
  features8: number[];
}

export const PARITY = (
  JSON.parse(readFileSync(path.join(folder, 'parity-vectors.json'), 'utf8')) as { vectors: ParityVector[] }
).vectors;

export const open = (
  some: { device?: 'auto' | 'cpu' | 'cuda'; threads?: number; cache?: Database } = {},
): Promise<Convnext> => createConvnext({ modelFile: MODEL_FILE, cardFile: CARD_FILE, device: 'cpu', ...some });

export function softmax(logits: readonly number[]): number[] {
  const weights = logits.map((value) => Math.exp(value));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

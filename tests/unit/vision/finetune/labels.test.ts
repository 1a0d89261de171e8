import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLabelSpec } from '../../../../electron/engine/vision/finetune/label-spec.ts';
import { labelsOf, windowStatistics } from '../../../../electron/engine/vision/finetune/labels.ts';

interface Vector {
  closes: number[];
  statistics: [number, number, number];
  labels: [number, number, number];
}
const file = path.join(import.meta.dirname, 'label-vectors.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };
const SPEC = readLabelSpec(path.join('models', 'model-card.json'));

describe('labels of the card', () => {
  it('are those of the training code in Python, whatever the classes', () => {
    for (const { closes, labels } of vectors) {
      const { regime, direction, volatility } = labelsOf(Float64Array.from(closes), SPEC);
      expect([regime, direction, volatility]).toEqual(labels);
    }
    for (const head of [0, 1, 2]) expect(new Set(vectors.map(({ labels }) => labels[head])).size).toBe([4, 3, 4][head]);
  });

  it('rest on the same three statistics', () => {
    for (const { closes, statistics } of vectors) {
      const found = windowStatistics(Float64Array.from(closes.slice(0, 64), Math.log));
      [found.trend, found.dickeyFuller, found.lateMoves].forEach((value, i) => {
        expect(value).toBeCloseTo(statistics[i]!, 6);
      });
    }
  });

  it('speak of the bars ahead in units of the window: by hand', () => {
    // Window: 63 returns of +-1 %; ahead: 16 of +0.2 % each, so z = 16 * 0.002 / (0.01 * 4) = 0.8, ratio = 0.2.
    const logs = [0];
    for (let i = 0; i < 63; i++) logs.push(logs.at(-1)! + (i % 2 === 0 ? 0.01 : -0.01));
    for (let i = 0; i < 16; i++) logs.push(logs.at(-1)! + 0.002);
    const up = labelsOf(Float64Array.from(logs, Math.exp), SPEC);
    expect([up.direction, up.volatility]).toEqual([0, 0]);
    const down = labelsOf(
      Float64Array.from(logs, (value, i) => Math.exp(i < 64 ? value : 2 * logs[63]! - value)),
      SPEC,
    );
    expect([down.direction, down.volatility]).toEqual([1, 0]);
  });
});

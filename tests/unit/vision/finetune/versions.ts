import type { VersionInput } from '../../../../electron/engine/vision/finetune/compose-version.ts';
import type { TrainedHead } from '../../../../electron/engine/vision/finetune/train-heads.ts';
import { normals } from './support.ts';

export const BASE = 'a'.repeat(64);
export const DIMS = 6;
const CLASSES = { regime: 4, direction: 3, volatility: 4 } as const;
const LABELS = {
  windowBars: 64,
  horizonBars: 16,
  directionCut: 0.5,
  volatilityCuts: [0.7, 1.2, 2],
  nullMoments: { trend: [0.8, 0.6], dickeyFuller: [-1.5, 0.9], lateMoves: [0, 0.2] },
} as const;

/** Heads with weights of no meaning, all of them better, or only those named. */
export function trained(seed: number, better: readonly string[] = Object.keys(CLASSES), dims = DIMS): TrainedHead[] {
  const normal = normals(seed);
  return (['regime', 'direction', 'volatility'] as const).map((head) => ({
    head,
    better: better.includes(head),
    gain: { value: 0.1, low: 0.05, high: 0.15 },
    overShares: { value: 0.2, low: 0.1, high: 0.3 },
    fresh: { accuracy: 0.6, logLoss: 0.9 },
    old: { accuracy: 0.5, logLoss: 1 },
    shares: { accuracy: 0.4, logLoss: 1.1 },
    classShares: Array.from({ length: CLASSES[head] }, (_, k) => [0.4, 0.3, 0.2, 0.1][k]!),
    l2: 1,
    hitRates: {},
    fitted: {
      scale: 0.5,
      bias: Float64Array.from({ length: CLASSES[head] }, normal),
      weights: Float64Array.from({ length: CLASSES[head] * dims }, normal),
    },
  }));
}

export function versionInput(some: Partial<VersionInput> = {}): VersionInput {
  return {
    createdAt: `2026-01-0${(some.seed ?? 0) + 1}T10:00:00.000Z`,
    engineVersion: '0.0.0',
    base: BASE,
    interval: '1d',
    spec: LABELS,
    dims: DIMS,
    seed: 0,
    fitted: [
      {
        symbol: 'GOOG',
        source: 'samples',
        from: '2004-08-19T00:00:00.000Z',
        through: '2012-01-01T05:00:00.000Z',
        lastDate: '2011-12-31',
      },
    ],
    validated: [{ symbol: 'GOOG', validatedThrough: '2011-11-30' }],
    trained: trained(some.seed ?? 0),
    inForce: null,
    aliases: {},
    ...some,
  };
}

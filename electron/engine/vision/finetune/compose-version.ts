import type { FittedSeries, Interval } from '../../../../shared/domain/index.ts';
import { encodeWeights, type Heads, type HeadsContent, headsId, type StoredHead } from './heads.ts';
import type { LabelSpec } from './labels.ts';
import { resultOf } from './tell.ts';
import type { TrainedHead } from './train-heads.ts';

export interface VersionInput {
  createdAt: string;
  engineVersion: string;
  base: string;
  interval: Interval;
  spec: LabelSpec;
  dims: number;
  seed: number;
  fitted: readonly FittedSeries[];
  trained: readonly TrainedHead[];
  /** What is in force: its heads stay where the new one is no better, with what they were fitted on. */
  inForce: Heads | null;
}

/** The version that a run leaves: the better new heads, and those in force for the rest. */
export function composeVersion(input: VersionInput): HeadsContent {
  const { createdAt, engineVersion, base, interval, spec, dims, seed } = input;
  const fresh = input.trained.filter(({ better }) => better).map(storedHead);
  const names = new Set(fresh.map(({ head }) => head));
  const stay = (input.inForce?.content.heads ?? []).filter(({ head }) => !names.has(head));
  const fitted = union([...input.fitted, ...(stay.length > 0 ? (input.inForce?.content.fitted ?? []) : [])]);
  const content = {
    ...{ format: 1 as const, createdAt, engineVersion, base, interval, dims, seed, fitted },
    windowBars: spec.windowBars,
    horizonBars: spec.horizonBars,
    trainedThrough: fitted
      .map(({ lastDate }) => lastDate)
      .sort()
      .at(-1)!,
    heads: [...fresh, ...stay],
  };
  return { ...content, id: headsId(content) };
}

function storedHead(trained: TrainedHead): StoredHead {
  const { head, fitted, classShares, hitRates } = trained;
  const { scale, bias, weights } = fitted;
  return {
    head,
    scale,
    bias: [...bias],
    weights: encodeWeights(weights),
    classShares,
    hitRates,
    result: resultOf(trained),
  };
}

/** Each symbol once, from its first bar through its last. */
function union(all: readonly FittedSeries[]): FittedSeries[] {
  const bySymbol = new Map<string, FittedSeries>();
  for (const one of all) {
    const other = bySymbol.get(one.symbol) ?? one;
    const from = one.from < other.from ? one.from : other.from;
    const { through, lastDate } = one.through > other.through ? one : other;
    bySymbol.set(one.symbol, { ...other, from, through, lastDate });
  }
  return [...bySymbol.values()];
}

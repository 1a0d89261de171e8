import type { FittedSeries, Interval } from '../../../../shared/domain/index.ts';
import { listedName } from '../convnext/sample.ts';
import { encodeWeights, type Heads, type HeadsContent, headsId, type StoredHead, sourceOf } from './heads.ts';
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
  /** The symbols with windows that were validated on, and through which date. */
  validated: StoredHead['symbols'];
  trained: readonly TrainedHead[];
  /** What is in force: its heads stay where no new one takes their place. */
  inForce: Heads | null;
  /** Other names of symbols, as the card has them. */
  aliases: Record<string, string>;
}

/** The version that a run leaves: the better new heads for what they were validated on, and those in force for all the rest. */
export function composeVersion(input: VersionInput): HeadsContent {
  const { createdAt, engineVersion, base, spec, dims, seed } = input;
  const fresh = input.trained.filter(({ better }) => better).map((trained) => storedHead(trained, input));
  const heads = [...fresh, ...staying(input, new Set(fresh.map(({ head }) => head)))];
  const dates = heads.flatMap(({ fitted }) => fitted.map(({ lastDate }) => lastDate));
  const content = {
    ...{ format: 2 as const, createdAt, engineVersion, base, dims, seed, heads },
    windowBars: spec.windowBars,
    horizonBars: spec.horizonBars,
    trainedThrough: dates.sort().at(-1)!,
  };
  return { ...content, id: headsId(content) };
}

/** The heads in force, without the symbols that new ones of their name take over. */
function staying(
  { inForce, interval, validated, fitted, aliases }: VersionInput,
  fresh: ReadonlySet<string>,
): StoredHead[] {
  const nameOf = (head: Pick<StoredHead, 'fitted'>, symbol: string) =>
    `${listedName(symbol, aliases)} ${sourceOf(head, symbol)}`;
  const taken = new Set(validated.map(({ symbol }) => nameOf({ fitted: [...fitted] }, symbol)));
  return (inForce?.content.heads ?? []).flatMap((own) => {
    if (!fresh.has(own.head) || own.interval !== interval) return [own];
    const symbols = own.symbols.filter(({ symbol }) => !taken.has(nameOf(own, symbol)));
    return symbols.length > 0 ? [{ ...own, symbols }] : [];
  });
}

function storedHead(trained: TrainedHead, { interval, validated, fitted }: VersionInput): StoredHead {
  const { head, classShares, hitRates } = trained;
  const { scale, bias, weights } = trained.fitted;
  return {
    ...{ head, interval, symbols: validated, fitted: [...fitted] },
    scale,
    bias: [...bias],
    weights: encodeWeights(weights),
    classShares,
    hitRates,
    result: resultOf(trained),
  };
}

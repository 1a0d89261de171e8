import type { HeldOutBin } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { seeded } from '../../platform/index.ts';
import { blockCount, blockMean, type Estimate } from './block-bootstrap.ts';
import { type FittedHead, fitOn, rowsOf, unstandardised } from './fit-path.ts';
import { hitRates } from './hit-rates.ts';
import { type LinearHead, type Rows, rowLosses, rowProbabilities } from './softmax-regression.ts';
import { HEADS, type HeadName, LOGITS, type TrainingSet } from './training-set.ts';
import { type Split, walkForward } from './walk-forward.ts';

/** Blocks of time (non-overlapping windows with their horizons) that the validation must span. */
export const LEAST_BLOCKS = 10;
/** Rows that the first fold must be fitted on. */
const LEAST_TRAINING = 50;
/**
 * Chance of keeping a head that is no better, on one side: 2.5 % shared by the three heads (Bonferroni), so that none of them is kept by
 * chance in 97.5 % of runs.
 */
export const TAIL = 0.025 / HEADS.length;

/** Accuracy and log-loss (nats) on the same validation windows. */
export interface Skill {
  accuracy: number;
  logLoss: number;
}

export interface TrainedHead {
  head: HeadName;
  /** The new head beats the old one and the class shares, both by more than noise. */
  better: boolean;
  /** Log-loss of the old head less that of the new one, nats; and that of the class shares less that of the new one. */
  gain: Estimate;
  overShares: Estimate;
  fresh: Skill;
  old: Skill;
  shares: Skill;
  /** Share of each class among all rows fitted on. */
  classShares: number[];
  /** How often each class was right by its probability, on all validation windows. */
  hitRates: Record<string, HeldOutBin[]>;
  l2: number;
  /** Fitted on all rows, for features as they come out of the network. */
  fitted: LinearHead;
}

export interface Training {
  folds: number;
  blocks: number;
  validationWindows: number;
  /** Of each series by its place the last bar that a validation window's labels read (its start, UTC ms); without such windows it is missing. */
  validated: [place: number, through: number][];
  heads: TrainedHead[];
}

/** How far it is: `fold` counts from 0, the last one is the fit on all windows. */
export type OnFit = (head: HeadName, fold: number, folds: number) => void;

/**
 * Fits all heads and measures them by purged walk-forward validation against the heads in force and against the class shares of each
 * fold's training part, on the very same windows.
 * @throws TOO_FEW_WINDOWS where there is too little to validate on
 */
export function trainHeads(set: TrainingSet, seed: number, onFit: OnFit = () => {}): Training {
  const splits = usableFolds(set);
  const validated = splits.flatMap(({ validation }) => [...validation]);
  const blocks = Int32Array.from(validated, (row) => set.block[row]!);
  const heads = HEADS.map(({ head }, index) => {
    const random = seeded(seed * HEADS.length + index);
    return trainHead(set, head, splits, blocks, random, (fold) => onFit(head, fold, splits.length));
  });
  return {
    ...{ folds: splits.length, blocks: blockCount(blocks), validationWindows: validated.length, heads },
    validated: validatedThrough(set, validated),
  };
}

function validatedThrough({ series, labelled }: TrainingSet, rows: readonly number[]): Training['validated'] {
  const through = new Map<number, number>();
  for (const row of rows) {
    const place = series[row]!;
    through.set(place, Math.max(through.get(place) ?? -Infinity, labelled[row]!));
  }
  return [...through].sort(([a], [b]) => a - b);
}

function usableFolds(set: TrainingSet): Split[] {
  const splits = walkForward(set).filter(({ training }) => training.length >= LEAST_TRAINING);
  const have = blockCount(
    Int32Array.from(
      splits.flatMap(({ validation }) => [...validation]),
      (row) => set.block[row]!,
    ),
  );
  if (have < LEAST_BLOCKS) throw new BrainnetError('TOO_FEW_WINDOWS', { need: LEAST_BLOCKS, have });
  return splits;
}

/** Losses and hits of one head's three rivals on the validation windows, in their order. */
interface Rivals {
  labels: Uint8Array;
  probabilities: Float64Array;
  fresh: Score;
  old: Score;
  shares: Score;
}
interface Score {
  losses: Float64Array;
  hits: Float64Array;
}

function trainHead(
  set: TrainingSet,
  head: HeadName,
  splits: readonly Split[],
  blocks: Int32Array,
  random: () => number,
  onFold: (fold: number) => void,
): TrainedHead {
  const parts = splits.map((split, fold) => {
    onFold(fold);
    return foldScores(set, head, split);
  });
  onFold(splits.length);
  const all = Int32Array.from({ length: set.count }, (_, row) => row);
  const final = fitOn(set, head, all);
  const series = Int32Array.from(
    splits.flatMap(({ validation }) => [...validation]),
    (row) => set.series[row]!,
  );
  const rivals = joined(parts);
  const gain = blockMean(difference(rivals.old, rivals.fresh), blocks, TAIL, random);
  const overShares = blockMean(difference(rivals.shares, rivals.fresh), blocks, TAIL, random);
  return {
    head,
    better: gain.low > 0 && overShares.low > 0,
    gain,
    overShares,
    fresh: skillOf(rivals.fresh),
    old: skillOf(rivals.old),
    shares: skillOf(rivals.shares),
    classShares: sharesOf(rowsOf(set, head, all, final.standard)),
    hitRates: hitRates(head, rivals.probabilities, rivals.labels, { series, blocks }),
    l2: final.l2,
    fitted: unstandardised(final, set.dims),
  };
}

function foldScores(set: TrainingSet, head: HeadName, { training, validation }: Split): Rivals {
  const fitted: FittedHead = fitOn(set, head, training);
  const rows = rowsOf(set, head, validation, fitted.standard);
  const learned = rowsOf(set, head, training, fitted.standard);
  return {
    labels: rows.labels,
    probabilities: rowProbabilities(rows, fitted.head),
    fresh: scoreOf(rows, fitted.head),
    old: scoreOf({ ...rows, dims: 0, offsets: inForceLogits(set, head, validation) }, asItIs(rows.classes)),
    shares: scoreOf({ ...rows, dims: 0 }, constant(sharesOf(learned, 1))),
  };
}

/** The head that leaves the offsets as they are, and one that answers with fixed shares. */
const asItIs = (classes: number): LinearHead => ({ ...constant(new Array(classes).fill(1)), scale: 1 });
const constant = (shares: readonly number[]): LinearHead => ({
  scale: 0,
  bias: Float64Array.from(shares, Math.log),
  weights: new Float64Array(0),
});

function inForceLogits(set: TrainingSet, name: HeadName, rows: Int32Array): Float32Array {
  const { classes, at } = HEADS.find(({ head }) => head === name)!;
  const logits = new Float32Array(rows.length * classes);
  rows.forEach((row, i) => {
    logits.set(set.inForce.subarray(row * LOGITS + at, row * LOGITS + at + classes), i * classes);
  });
  return logits;
}

function scoreOf(rows: Rows, head: LinearHead): Score {
  const { classes, labels } = rows;
  const probabilities = rowProbabilities(rows, head);
  const hits = Float64Array.from(labels, (label, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own)) === label ? 1 : 0;
  });
  return { losses: rowLosses(rows, head), hits };
}

/** Share of each class, every count raised by `extra` so that none is nothing. */
function sharesOf({ labels, classes, count }: Rows, extra = 0): number[] {
  const counts = new Array<number>(classes).fill(extra);
  for (const label of labels) counts[label] = counts[label]! + 1;
  return counts.map((each) => each / (count + extra * classes));
}

function joined(parts: readonly Rivals[]): Rivals {
  const all = (pick: (rivals: Rivals) => Float64Array) => Float64Array.from(parts.flatMap((part) => [...pick(part)]));
  const score = (rival: 'fresh' | 'old' | 'shares'): Score => ({
    losses: all((r) => r[rival].losses),
    hits: all((r) => r[rival].hits),
  });
  return {
    labels: Uint8Array.from(parts.flatMap(({ labels }) => [...labels])),
    probabilities: all(({ probabilities }) => probabilities),
    fresh: score('fresh'),
    old: score('old'),
    shares: score('shares'),
  };
}

const difference = (a: Score, b: Score): Float64Array => a.losses.map((loss, i) => loss - b.losses[i]!);
const mean = (values: Float64Array): number => values.reduce((total, value) => total + value, 0) / values.length;
const skillOf = ({ losses, hits }: Score): Skill => ({ accuracy: mean(hits), logLoss: mean(losses) });

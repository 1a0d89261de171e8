import type { TrainingSet } from './training-set.ts';

type Times = Pick<TrainingSet, 'count' | 'first' | 'last' | 'labelled' | 'fresh'>;

/** Rows to fit on and rows to try the fit on; no bar belongs to both. */
export interface Split {
  training: Int32Array;
  validation: Int32Array;
}

export const FOLDS = 5;
/** Share of all windows that the first fold is fitted on, before the purge. */
const FIRST_TRAINING = 0.4;
/** Share of a training part that its inner split is fitted on, before the purge. */
const INNER_TRAINING = 0.75;

/**
 * Expanding walk-forward folds over time, with the same cut dates for all symbols. A fold is fitted on windows whose labels end before its
 * cut and validated on windows that begin at or after it: between the last bars of the two lie at least window + horizon bars (the purge).
 * A window that lies across the next cut still belongs to its fold, so that none is lost but at the first cut. Windows that are not fresh
 * are never validated on. Empty where there is nothing to validate on.
 */
export function walkForward(set: Times): Split[] {
  const all = rowsWhere(set.count, () => true);
  const firstCut = quantile(set.last, all, FIRST_TRAINING);
  const candidates = rowsWhere(set.count, (row) => set.fresh[row] === 1 && set.first[row]! >= firstCut);
  if (candidates.length === 0) return [];
  const starts = Float64Array.from(candidates, (row) => set.first[row]!).sort();
  const cuts = Array.from({ length: FOLDS }, (_, k) => starts[Math.floor((k * starts.length) / FOLDS)]!);
  const distinct = [...new Set(cuts)];
  return distinct.map((cut, k) => {
    const next = distinct[k + 1] ?? Infinity;
    return {
      training: rowsWhere(set.count, (row) => set.labelled[row]! < cut),
      validation: candidates.filter((row) => set.first[row]! >= cut && set.first[row]! < next),
    };
  });
}

/** One split inside the rows of a training part, purged in the same way: where the penalty is chosen. */
export function innerSplit(set: Times, rows: Int32Array): Split {
  const cut = quantile(set.last, rows, INNER_TRAINING);
  return {
    training: rows.filter((row) => set.labelled[row]! < cut),
    validation: rows.filter((row) => set.first[row]! >= cut),
  };
}

function rowsWhere(count: number, test: (row: number) => boolean): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (test(row)) rows.push(row);
  return Int32Array.from(rows);
}

function quantile(values: Float64Array, rows: Int32Array, share: number): number {
  const sorted = Float64Array.from(rows, (row) => values[row]!).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

import { finish, isStep, type Steps } from './steps.ts';

/** A column of one value per row: `value(row, index)` for each of `rows`. */
export function gather(rows: readonly number[], value: (row: number, index: number) => number): Float64Array {
  return finish(gathering(rows, value));
}

/** `gather` in steps. */
export function* gathering(
  rows: readonly number[],
  value: (row: number, index: number) => number,
): Steps<Float64Array> {
  const column = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    column[index] = value(rows[index]!, index);
    if (isStep(index)) yield;
  }
  return column;
}

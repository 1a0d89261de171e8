/** Work in steps that a caller may spread over turns of the event loop (`breathe`) or do at once (`finish`). */
export type Steps<T> = Generator<void, T>;

/** Rows after which a loop over a series yields: some milliseconds of the slowest of them. */
export const STEP_ROWS = 4096;

/** True after every STEP_ROWS rows. */
export function isStep(row: number): boolean {
  return row % STEP_ROWS === STEP_ROWS - 1;
}

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

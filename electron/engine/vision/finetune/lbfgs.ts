/** Writes the gradient at `x` into `gradient` and returns the value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  x: Float64Array;
  value: number;
  iterations: number;
}

export interface Options {
  iterations?: number;
  /** Largest component of the gradient that is left. */
  tolerance?: number;
  /** Rough inverse of the curvature along each component, where they differ; what the steps tell refines it. */
  inverse?: Float64Array;
}

interface Step {
  s: Float64Array;
  y: Float64Array;
  rho: number;
}

const MEMORY = 8;
/** Share of the promised decrease that a step must bring (Armijo). */
const SUFFICIENT = 1e-4;

/**
 * Minimises a smooth convex function: L-BFGS with backtracking (Nocedal & Wright, Numerical Optimization, algorithms 7.4 and 3.1).
 * Ends where the largest component of the gradient is below `tolerance`, or no step helps any more.
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  { iterations = 200, tolerance = 1e-6, inverse }: Options = {},
): Minimum {
  const steps: Step[] = [];
  let x: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(x.length);
  let value = objective(x, gradient);
  let done = 0;
  for (; done < iterations && largest(gradient) > tolerance; done++) {
    const direction = twoLoops(gradient, steps, inverse);
    const next = backtrack(objective, x, value, gradient, direction, steps.length === 0);
    if (!next) break;
    remember(steps, x, next.x, gradient, next.gradient);
    ({ x, value, gradient } = next);
  }
  return { x, value, iterations: done };
}

/** Minus the gradient, scaled by what past steps told of the curvature. */
function twoLoops(gradient: Float64Array, steps: readonly Step[], inverse?: Float64Array): Float64Array {
  const q = gradient.slice();
  const alphas: number[] = [];
  for (const { s, y, rho } of steps.toReversed()) {
    const alpha = rho * dot(s, q);
    alphas.push(alpha);
    add(q, y, -alpha);
  }
  const last = steps.at(-1);
  if (inverse) multiply(q, inverse);
  if (last) scale(q, 1 / (last.rho * dot(last.y, inverse ? multiply(last.y.slice(), inverse) : last.y)));
  for (const { s, y, rho } of steps) add(q, s, alphas.pop()! - rho * dot(y, q));
  scale(q, -1);
  return q;
}

function backtrack(
  objective: Objective,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  first: boolean,
): { x: Float64Array; value: number; gradient: Float64Array } | null {
  const slope = dot(gradient, direction);
  if (!(slope < 0)) return null;
  let length = first ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
  for (let tries = 0; tries < 40; tries++, length /= 2) {
    const candidate = x.slice();
    add(candidate, direction, length);
    const slopes = new Float64Array(x.length);
    const found = objective(candidate, slopes);
    if (found <= value + SUFFICIENT * length * slope) return { x: candidate, value: found, gradient: slopes };
  }
  return null;
}

function remember(
  steps: Step[],
  before: Float64Array,
  after: Float64Array,
  gradientBefore: Float64Array,
  gradientAfter: Float64Array,
): void {
  const s = after.map((value, i) => value - before[i]!);
  const y = gradientAfter.map((value, i) => value - gradientBefore[i]!);
  const curvature = dot(s, y);
  if (curvature <= 1e-12 * dot(y, y)) return;
  steps.push({ s, y, rho: 1 / curvature });
  if (steps.length > MEMORY) steps.shift();
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i] = to[i]! + times * what[i]!;
}

function scale(values: Float64Array, by: number): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * by;
}

function multiply(values: Float64Array, by: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * by[i]!;
  return values;
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

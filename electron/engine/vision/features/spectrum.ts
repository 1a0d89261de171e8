/** x minus its least-squares line over the bar number. */
export function withoutLine(x: Float64Array): Float64Array {
  const n = x.length;
  const middle = (n - 1) / 2;
  let sum = 0;
  let moment = 0;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    sum += x[i]!;
    moment += (i - middle) * x[i]!;
    spread += (i - middle) ** 2;
  }
  const mean = sum / n;
  const slope = moment / spread;
  return x.map((value, i) => value - mean - slope * (i - middle));
}

const tables = new Map<number, { cos: Float64Array; sin: Float64Array }>();

function table(n: number): { cos: Float64Array; sin: Float64Array } {
  const known = tables.get(n);
  if (known) return known;
  const angle = (_: unknown, m: number) => (2 * Math.PI * m) / n;
  const angles = Float64Array.from({ length: n }, angle);
  const made = { cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
  tables.set(n, made);
  return made;
}

/** Squared magnitude of the discrete Fourier transform, k = 0 to floor(n/2), unnormalised. */
export function powerSpectrum(values: Float64Array): Float64Array {
  const n = values.length;
  const { cos, sin } = table(n);
  const power = new Float64Array(Math.floor(n / 2) + 1);
  for (let k = 0; k < power.length; k++) {
    let real = 0;
    let imaginary = 0;
    for (let i = 0, turn = 0; i < n; i++) {
      real += values[i]! * cos[turn]!;
      imaginary += values[i]! * sin[turn]!;
      turn += k;
      if (turn >= n) turn -= n;
    }
    power[k] = real * real + imaginary * imaginary;
  }
  return power;
}

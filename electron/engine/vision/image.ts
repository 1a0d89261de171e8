import { gadf, gasf, heatMap } from './fields.ts';

/** Side of the network's picture in pixels. */
export const IMAGE_SIZE = 224;
/** Values of one picture: 3 planes of 224 x 224. */
export const IMAGE_VALUES = 3 * IMAGE_SIZE * IMAGE_SIZE;

/**
 * The picture: planes R (GASF), G (GADF), B (heat map), each enlarged to 224 x 224 by nearest neighbour with
 * source index floor(k n / 224) (model card, "preprocessing"). Values in [-1, 1].
 * @param x scaled window; of `networkInput` it is what the network reads
 * @param out receives 3 * 224 * 224 values where given
 */
export function image3(x: Float64Array, out = new Float32Array(IMAGE_VALUES)): Float32Array {
  const plane = IMAGE_SIZE * IMAGE_SIZE;
  const sources = sourceIndices(x.length);
  [gasf(x), gadf(x), heatMap(x)].forEach((field, channel) => {
    enlarge(field, x.length, sources, out.subarray(channel * plane, (channel + 1) * plane));
  });
  return out;
}

function sourceIndices(n: number): Uint16Array {
  return Uint16Array.from({ length: IMAGE_SIZE }, (_, k) => Math.floor((k * n) / IMAGE_SIZE));
}

function enlarge(field: Float32Array, n: number, sources: Uint16Array, out: Float32Array): void {
  let before = -1;
  for (let row = 0; row < IMAGE_SIZE; row++) {
    const source = sources[row]!;
    const at = row * IMAGE_SIZE;
    if (source === before) out.copyWithin(at, at - IMAGE_SIZE, at);
    else for (let k = 0; k < IMAGE_SIZE; k++) out[at + k] = field[source * n + sources[k]!]!;
    before = source;
  }
}

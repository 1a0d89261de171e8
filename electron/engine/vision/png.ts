import { encode } from 'fast-png';
import { gadf, gasf, heatMap } from './fields.ts';
import { IMAGE_SIZE, image3 } from './image.ts';

/** A scaled window as a 224 x 224 RGB PNG; -1 becomes 0 and 1 becomes 255. */
export function imagePng(x: Float64Array): Uint8Array {
  const planes = image3(x);
  const pixels = IMAGE_SIZE * IMAGE_SIZE;
  const data = interleaved([0, 1, 2].map((channel) => planes.subarray(channel * pixels, (channel + 1) * pixels)));
  return encode({ width: IMAGE_SIZE, height: IMAGE_SIZE, channels: 3, depth: 8, data });
}

/** The three fields of a scaled window, row by row, a cell as three bytes: red GASF, green GADF, blue heat map; -1 becomes 0 and 1 becomes 255. */
export const fieldCells = (x: Float64Array): Buffer => Buffer.from(interleaved([gasf(x), gadf(x), heatMap(x)]));

function interleaved(planes: readonly Float32Array[]): Uint8Array {
  const data = new Uint8Array(planes.length * planes[0]!.length);
  planes.forEach((plane, channel) => {
    for (let i = 0; i < plane.length; i++) data[planes.length * i + channel] = Math.round((plane[i]! + 1) * 127.5);
  });
  return data;
}

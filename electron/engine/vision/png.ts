import { encode } from 'fast-png';
import { IMAGE_SIZE, image3 } from './image.ts';

/** The network's picture of a scaled window as a 224 x 224 RGB PNG; -1 becomes 0 and 1 becomes 255. */
export function imagePng(x: Float64Array): Uint8Array {
  const planes = image3(x);
  const pixels = IMAGE_SIZE * IMAGE_SIZE;
  const data = new Uint8Array(3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < pixels; i++) data[3 * i + channel] = Math.round((planes[channel * pixels + i]! + 1) * 127.5);
  }
  return encode({ width: IMAGE_SIZE, height: IMAGE_SIZE, channels: 3, depth: 8, data });
}

import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import {
  fieldCells,
  gadf,
  gasf,
  heatMap,
  image3,
  imagePng,
  scaleWindow,
} from '../../../electron/engine/vision/index.ts';
import { randomOf, randomWalk } from './windows.ts';

const SIDE = 224;

describe('the picture', () => {
  it.each([32, 64, 100, 256])('holds the three fields of %i bars, enlarged by the nearest source index', (n) => {
    const x = scaleWindow(randomWalk(n, randomOf(n)));
    const planes = image3(x);
    [gasf(x), gadf(x), heatMap(x)].forEach((field, channel) => {
      for (let row = 0; row < SIDE; row += 3) {
        for (let column = 0; column < SIDE; column += 5) {
          const source = Math.floor((row * n) / SIDE) * n + Math.floor((column * n) / SIDE);
          expect(planes[(channel * SIDE + row) * SIDE + column]).toBe(field[source]);
        }
      }
    });
  });

  it('as a PNG is 224 x 224 RGB, -1 black and 1 full', () => {
    const x = scaleWindow(randomWalk(64, randomOf(5)));
    const planes = image3(x);
    const { width, height, channels, data } = decode(imagePng(x));
    expect([width, height, channels]).toEqual([SIDE, SIDE, 3]);
    for (let pixel = 0; pixel < SIDE * SIDE; pixel += 97) {
      for (let channel = 0; channel < 3; channel++) {
        const expected = ((planes[channel * SIDE * SIDE + pixel]! + 1) / 2) * 255;
        expect(Math.abs(data[3 * pixel + channel]! - expected)).toBeLessThanOrEqual(0.5);
      }
    }
  });

  it('as cells is n * n of three bytes, row by row', () => {
    const n = 20;
    const x = scaleWindow(randomWalk(n, randomOf(9)));
    const cells = fieldCells(x);
    expect(cells).toHaveLength(3 * n * n);
    [gasf(x), gadf(x), heatMap(x)].forEach((field, channel) => {
      field.forEach((value, i) => {
        expect(Math.abs(cells[3 * i + channel]! - ((value + 1) / 2) * 255)).toBeLessThanOrEqual(0.5);
      });
    });
  });
});

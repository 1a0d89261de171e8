/** Diverging colours from -1 (blue) over 0 (near black) to 1 (orange): readable by the colour-blind, on either theme. */
const STOPS: readonly (readonly [number, number, number])[] = [
  [122, 190, 255],
  [30, 98, 196],
  [14, 20, 30],
  [190, 84, 20],
  [255, 205, 120],
];

/** A value in [-1, 1] as RGB, 0 to 255 each. */
export function diverging(value: number): [number, number, number] {
  const at = ((Math.max(-1, Math.min(1, value)) + 1) / 2) * (STOPS.length - 1);
  const i = Math.min(STOPS.length - 2, Math.floor(at));
  const share = at - i;
  const [a, b] = [STOPS[i] ?? [0, 0, 0], STOPS[i + 1] ?? [0, 0, 0]];
  const mix = (k: 0 | 1 | 2) => Math.round(a[k] + (b[k] - a[k]) * share);
  return [mix(0), mix(1), mix(2)];
}

export type CellColor = (index: number) => readonly [number, number, number];

/** Paints `bars * bars` cells, row by row, one pixel each. */
export function paint(canvas: HTMLCanvasElement, bars: number, color: CellColor): void {
  canvas.width = bars;
  canvas.height = bars;
  const context = canvas.getContext('2d');
  if (!context) return;
  const image = context.createImageData(bars, bars);
  for (let i = 0; i < bars * bars; i++) {
    const [red, green, blue] = color(i);
    image.data.set([red, green, blue, 255], i * 4);
  }
  context.putImageData(image, 0, 0);
}

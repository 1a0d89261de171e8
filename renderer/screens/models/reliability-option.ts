import { type HeldOutBin, isEnough } from '../../../shared/domain/index.ts';
import { share, whole, words } from '../../format/index.ts';
import type { Palette } from '../chart/palette.ts';

export interface Point {
  /** Mean probability and hit rate of a bin. */
  x: number;
  y: number;
  low: number;
  high: number;
  n: number;
  /** Whether it has windows enough to give a figure. */
  enough: boolean;
}

/** The bins that have windows, as points of the diagram. */
export const pointsOf = (bins: readonly HeldOutBin[]): Point[] =>
  bins.flatMap((bin) => {
    const { n, meanProbability, hitRate, low, high } = bin;
    if (n === 0 || meanProbability === null || hitRate === null) return [];
    return [{ x: meanProbability, y: hitRate, low: low ?? hitRate, high: high ?? hitRate, n, enough: isEnough(bin) }];
  });

/** The diagram in words, for those who do not see it. */
export function diagramText(name: string, bins: readonly HeldOutBin[]): string {
  const told = bins
    .filter((bin) => isEnough(bin) && bin.hitRate !== null)
    .map(({ from, to, n, hitRate }) => `${from.toFixed(1)} to ${to.toFixed(1)}: ${share(hitRate)} of ${whole(n)}`);
  return `Reliability of ${words(name)}. ${told.length > 0 ? told.join('; ') : 'No bin has windows enough'}.`;
}

interface Api {
  value(i: number): number;
  coord(point: [number, number]): [number, number];
}

/** The 95 % interval of a bin as an upright line with caps. */
function whisker(color: string) {
  return (_: unknown, api: Api) => {
    const [x, top] = api.coord([api.value(0), api.value(2)]);
    const [, bottom] = api.coord([api.value(0), api.value(1)]);
    const line = (x1: number, y1: number, x2: number, y2: number) => ({
      type: 'line',
      shape: { x1, y1, x2, y2 },
      style: { stroke: color, lineWidth: 1 },
    });
    return {
      type: 'group',
      children: [line(x, top, x, bottom), line(x - 2, top, x + 2, top), line(x - 2, bottom, x + 2, bottom)],
    };
  };
}

/** Hit rate against mean probability; hollow points have too few windows to give a figure. */
export function reliabilityOption(points: readonly Point[], palette: Palette) {
  const axis = {
    type: 'value',
    min: 0,
    max: 1,
    interval: 0.5,
    axisLine: { show: true, onZero: false, lineStyle: { color: palette.strong } },
    axisTick: { show: false },
    axisLabel: { color: palette.dim, fontSize: 10 },
    splitLine: { lineStyle: { color: palette.line } },
  };
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 26, right: 10, top: 8, bottom: 20 },
    xAxis: axis,
    yAxis: axis,
    series: [
      {
        type: 'line',
        silent: true,
        data: [
          [0, 0],
          [1, 1],
        ],
        showSymbol: false,
        lineStyle: { color: palette.strong, type: 'dashed', width: 1 },
      },
      {
        type: 'custom',
        silent: true,
        renderItem: whisker(palette.dim),
        data: points.map(({ x, low, high }) => [x, low, high]),
      },
      {
        type: 'scatter',
        silent: true,
        z: 3,
        data: points.map((point) => ({
          value: [point.x, point.y],
          symbolSize: 4 + Math.min(6, Math.log10(1 + point.n) * 1.6),
          itemStyle: {
            color: point.enough ? palette.accent : palette.panel,
            borderColor: point.enough ? palette.accent : palette.dim,
            borderWidth: 1,
          },
        })),
      },
    ],
  };
}

import { price, volume } from '../../format/index.ts';
import type { Bars } from './bars.ts';
import type { Palette } from './palette.ts';

const RIGHT = 62;
/** Free room below the lowest price, as a share of the range. */
const ROOM_BELOW = 0.03;

function xAxis(bars: Bars, palette: Palette, grid: number, labels: boolean) {
  return {
    type: 'category',
    gridIndex: grid,
    data: bars.labels,
    boundaryGap: true,
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: { show: labels, color: palette.dim, fontSize: 10, hideOverlap: true, showMaxLabel: false },
    splitLine: { show: false },
    axisPointer: {
      label: { show: labels, fontSize: 10, padding: [3, 5], color: palette.text, backgroundColor: palette.strong },
    },
  };
}

/** Prices above zero keep their axis there, where the room below the lowest would take it under; null leaves it free. */
export const floorOf = ({ min, max }: { min: number; max: number }): number | null =>
  min >= 0 && min - ROOM_BELOW * (max - min) < 0 ? 0 : null;

function yAxis(palette: Palette, grid: number, format: (value: number) => string, splits: number) {
  return {
    scale: grid === 0,
    min: grid === 0 ? floorOf : 0,
    boundaryGap: grid === 0 ? [`${ROOM_BELOW * 100}%`, '6%'] : [0, 0],
    gridIndex: grid,
    position: 'right',
    splitNumber: splits,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: palette.dim, fontSize: 10, formatter: format, showMinLabel: grid === 0, hideOverlap: true },
    splitLine: { show: grid === 0, lineStyle: { color: palette.line, width: 1 } },
    axisPointer: {
      label: {
        fontSize: 10,
        padding: [3, 5],
        color: palette.text,
        backgroundColor: palette.strong,
        formatter: ({ value }: { value: unknown }) => format(Number(value)),
      },
    },
  };
}

const zooms = (axes: number[], from: number, to: number, palette: Palette) => [
  {
    type: 'inside',
    xAxisIndex: axes,
    startValue: from,
    endValue: to,
    minValueSpan: 10,
    zoomOnMouseWheel: true,
    moveOnMouseMove: true,
  },
  {
    type: 'slider',
    xAxisIndex: axes,
    startValue: from,
    endValue: to,
    height: 18,
    bottom: 4,
    left: 8,
    right: RIGHT,
    borderColor: palette.line,
    backgroundColor: 'transparent',
    fillerColor: palette.accentSoft,
    handleStyle: { color: palette.strong, borderColor: palette.strong },
    moveHandleSize: 0,
    dataBackground: { lineStyle: { color: palette.strong }, areaStyle: { color: palette.line } },
    selectedDataBackground: { lineStyle: { color: palette.bar }, areaStyle: { color: palette.accentSoft } },
    showDetail: false,
    brushSelect: false,
  },
];

/** Panes, axes and zoom: prices above, volumes (where there are any) below, both on one time axis. */
export function frame(bars: Bars, from: number, to: number, palette: Palette) {
  const withVolume = bars.volume !== null;
  const axes = withVolume ? [0, 1] : [0];
  const price0 = { left: 8, right: RIGHT, top: 26, bottom: withVolume ? '25%' : 46 };
  const volume0 = { left: 8, right: RIGHT, top: '78%', bottom: 46 };
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: withVolume ? [price0, volume0] : [price0],
    xAxis: axes.map((grid) => xAxis(bars, palette, grid, grid === axes.length - 1)),
    yAxis: [
      yAxis(palette, 0, (value) => price(value), 6),
      ...(withVolume ? [yAxis(palette, 1, (value) => volume(value), 1)] : []),
    ],
    axisPointer: {
      show: true,
      type: 'line',
      triggerTooltip: false,
      link: [{ xAxisIndex: 'all' }],
      lineStyle: { color: palette.dim, type: 'dashed', width: 1 },
    },
    dataZoom: zooms(axes, from, to, palette),
  };
}

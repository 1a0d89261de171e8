import type { Action, DecisionSummary } from '../../../shared/domain/index.ts';
import { type Bars, barOfDecision } from './bars.ts';
import type { Palette } from './palette.ts';

const GAP = '-';
const MARKS: Record<Action, { symbol: string; rotate: number; above: boolean }> = {
  long: { symbol: 'triangle', rotate: 0, above: false },
  short: { symbol: 'triangle', rotate: 180, above: true },
  hold: { symbol: 'diamond', rotate: 0, above: true },
};

type Part = 'known' | 'revealed';
const within = (bars: Bars, part: Part) => (i: number) => (part === 'known' ? i < bars.known : i >= bars.known);

function candles(bars: Bars, part: Part, palette: Palette) {
  const { open, high, low, close } = bars;
  const inside = within(bars, part);
  const dimmed = part === 'revealed';
  return {
    name: part,
    type: 'candlestick',
    data: close.map((value, i) => (inside(i) && open && high && low ? [open[i], value, low[i], high[i]] : GAP)),
    largeThreshold: 1500,
    progressive: 0,
    barMaxWidth: 12,
    itemStyle: {
      color: palette.panel,
      color0: dimmed ? palette.strong : palette.down,
      borderColor: dimmed ? palette.dim : palette.up,
      borderColor0: dimmed ? palette.dim : palette.down,
      borderType: 'solid',
    },
  };
}

function line(bars: Bars, part: Part, palette: Palette) {
  const from = part === 'known' ? 0 : bars.known - 1;
  const to = part === 'known' ? bars.known : bars.close.length;
  return {
    name: part,
    type: 'line',
    data: bars.close.map((value, i) => (i >= from && i < to ? value : GAP)),
    showSymbol: false,
    sampling: 'lttb',
    lineStyle: {
      width: 1.4,
      color: part === 'known' ? palette.accent : palette.dim,
      type: part === 'known' ? 'solid' : 'dashed',
    },
    itemStyle: { color: palette.accent },
  };
}

function volumes(bars: Bars, palette: Palette) {
  const color = (i: number) => {
    if (i >= bars.known) return palette.line;
    return (bars.close[i] ?? 0) >= (bars.open?.[i] ?? bars.close[i - 1] ?? 0) ? palette.up : palette.down;
  };
  return {
    name: 'volume',
    type: 'bar',
    xAxisIndex: 1,
    yAxisIndex: 1,
    barMaxWidth: 12,
    large: bars.close.length > 1500,
    data: (bars.volume ?? []).map((value, i) => ({ value, itemStyle: { color: color(i), opacity: 0.45 } })),
  };
}

/** Where each decision stands: below its bar for a long, above it otherwise. */
function markers(bars: Bars, decisions: readonly DecisionSummary[], palette: Palette) {
  const colors: Record<Action, string> = { long: palette.up, short: palette.down, hold: palette.hold };
  const data = [...decisions].reverse().flatMap((decision) => {
    const i = barOfDecision(bars, decision);
    if (i < 0) return [];
    const mark = MARKS[decision.action];
    const price = (mark.above ? bars.high : bars.low)?.[i] ?? bars.close[i];
    return [
      {
        name: decision.id,
        value: [i, price],
        symbol: mark.symbol,
        symbolRotate: mark.rotate,
        symbolOffset: [0, mark.above ? -11 : 11],
        itemStyle: { color: colors[decision.action], borderColor: palette.panel, borderWidth: 1 },
      },
    ];
  });
  return { name: 'decisions', type: 'scatter', data, symbolSize: 11, z: 5, cursor: 'pointer' };
}

/** Stretches of bars, as [first, last] indices. */
export interface Shaded {
  /** The window that the decision on screen read. */
  window: readonly [number, number] | null;
  /** Bars that moved the network's reading most. */
  marked: readonly (readonly [number, number])[];
}

const stretch = ([from, to]: readonly [number, number], style: object = {}) => [
  { xAxis: from, ...style },
  { xAxis: to },
];

/** The shaded stretches, and the clock where bars after it are shown. */
function shading(bars: Bars, { window, marked }: Shaded, palette: Palette) {
  const clock = bars.close.length > bars.known ? [{ xAxis: bars.known - 1 }] : [];
  const label = { show: true, color: palette.hold, fontSize: 9, position: 'insideBottom', distance: 1 };
  return {
    markArea: {
      silent: true,
      itemStyle: { color: palette.accentSoft },
      data: [
        ...(window ? [stretch(window)] : []),
        ...marked.map((run) => stretch(run, { itemStyle: { color: palette.holdSoft }, label, name: '\u25b2' })),
      ],
    },
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: palette.accent, type: 'dashed', width: 1 },
      label: { formatter: 'clock', color: palette.accent, fontSize: 10, position: 'insideEndTop' },
      data: clock,
    },
  };
}

/** Everything drawn on the two panes. */
export function drawSeries(bars: Bars, decisions: readonly DecisionSummary[], shaded: Shaded, palette: Palette) {
  const draw = bars.open ? candles : line;
  const first = { ...draw(bars, 'known', palette), ...shading(bars, shaded, palette) };
  const revealed = bars.close.length > bars.known ? [draw(bars, 'revealed', palette)] : [];
  const volume = bars.volume ? [volumes(bars, palette)] : [];
  return [first, ...revealed, ...volume, markers(bars, decisions, palette)];
}

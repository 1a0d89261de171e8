import { barEnd, noticesBetween, type Series } from '../../market/index.ts';
import { MAX_BAD_SHARE } from '../checked-window.ts';
import { networkInput } from '../network-input.ts';
import { takeWindow } from '../window.ts';
import { type LabelSpec, type Labels, labelsOf } from './labels.ts';

/** Share of steps without a move above which a window is no picture of a market (as models/training/dataset.py has it). */
const MAX_STILL_SHARE = 0.3;

/** A window with what came after it. Times are starts of bars, UTC ms. */
export interface LabelledWindow {
  /** As the network reads it. */
  x: Float64Array;
  hash: string;
  labels: Labels;
  first: number;
  last: number;
  labelled: number;
  /** End of the first bar, UTC ms: windows that begin in what a network was fitted on were seen by it. */
  begun: number;
}

/** Most windows of a run, and every how many bars one may be taken. */
const MOST_WINDOWS = 8000;
const STRIDES = [4, 8, 16, 32, 64, 128];

/** The smallest stride that keeps a run within its bound. */
export function strideFor(bars: readonly number[], span: number): number {
  const windows = (stride: number) =>
    bars.reduce((total, count) => total + Math.max(0, Math.floor((count - span) / stride) + 1), 0);
  return STRIDES.find((stride) => windows(stride) <= MOST_WINDOWS) ?? STRIDES.at(-1)!;
}

/**
 * Windows of a series that have their whole horizon in it, oldest first, the last of them as late as can be. Windows that stand still,
 * with too many bad bars, or that `wanted` does not want (asked with the end of their first bar) are left out.
 */
export function* labelledWindows(
  series: Series,
  { spec, stride, from }: { spec: LabelSpec; stride: number; from: number },
  wanted: (begun: number) => boolean,
): Generator<LabelledWindow> {
  const { windowBars, horizonBars } = spec;
  const { time, close, interval, timezone } = series;
  const latest = close.length - 1 - horizonBars;
  const earliest = windowBars - 1;
  for (let end = earliest + ((((latest - earliest) % stride) + stride) % stride); end <= latest; end += stride) {
    const start = end - windowBars + 1;
    if (time[start]! < from) continue;
    const begun = barEnd(time[start]!, interval, timezone);
    const span = close.subarray(start, end + horizonBars + 1);
    if (isStill(span.subarray(0, windowBars)) || isBad(series, start, end + horizonBars) || !wanted(begun)) continue;
    const window = takeWindow(series, { bars: windowBars, endIndex: end })!;
    yield {
      ...{ x: networkInput(window.close), hash: window.hash, labels: labelsOf(span, spec), begun },
      ...{ first: time[start]!, last: time[end]!, labelled: time[end + horizonBars]! },
    };
  }
}

function isStill(close: Float64Array): boolean {
  let still = 0;
  for (let i = 1; i < close.length; i++) if (close[i] === close[i - 1]) still += 1;
  return still > MAX_STILL_SHARE * (close.length - 1);
}

function isBad(series: Series, start: number, end: number): boolean {
  const { bad } = noticesBetween(series, series.time[start]!, series.time[end]!);
  return bad > MAX_BAD_SHARE * (end - start + 1);
}

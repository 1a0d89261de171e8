import { useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { Decision, DecisionSummary, SeriesView } from '../../../shared/domain/index.ts';
import { keyedPicture } from '../../components/index.ts';
import { useStore } from '../../engine/index.ts';
import { price } from '../../format/index.ts';
import { isIntraday, markedBars, openDecision, useCurrentDecision, useSymbolDecisions } from '../../workspace/index.ts';
import { type Bars, barOfDecision, indicesOf, joinBars, type RangeName, spanOf } from './bars.ts';
import classes from './chart.module.css';
import { Legend, pointed } from './Legend.tsx';
import { frame } from './option.ts';
import { readPalette } from './palette.ts';
import { drawSeries } from './series.ts';
import { useEChart, visible } from './useEChart.ts';

const NONE: readonly DecisionSummary[] = [];
const REVEALED_AT_FIRST = 40;

/** The decision's window as indices of the bars on screen. */
function windowOf(bars: Bars, decision: Decision | undefined, symbol: string): readonly [number, number] | null {
  if (!decision || decision.symbol !== symbol) return null;
  if (decision.interval !== bars.interval) return null;
  const start = Date.parse(decision.window.start.slice(0, isIntraday(bars.interval) ? undefined : 10));
  const from = bars.time.findIndex((time) => time >= start);
  const to = barOfDecision(bars, decision);
  return from >= 0 && to > from ? [from, to] : null;
}

interface Props {
  series: SeriesView;
  later: SeriesView | undefined;
  /** A range asked for by its button; a new object asks again. */
  request: { range: RangeName };
  onCustom: () => void;
}

/** What the user zoomed to, until a range is asked for again. */
interface Zoomed {
  bars: Bars;
  request: Props['request'];
  first: number;
  last: number;
}

/** The bars to show: what the user zoomed to, on other bars as many of them, else the range asked for. */
function viewOf(bars: Bars, request: Props['request'], zoomed: Zoomed | null): [number, number] {
  const own = zoomed?.request === request ? zoomed : null;
  if (own?.bars === bars) return [own.first, own.last];
  const span = own ? Math.max(10, own.last - own.first + 1) : spanOf(bars, request.range);
  const revealed = Math.min(bars.close.length - bars.known, Math.max(REVEALED_AT_FIRST, Math.round(span / 4)));
  return [Math.max(0, bars.known - span), bars.known - 1 + revealed];
}

export function Canvas({ series, later, request, onCustom }: Props) {
  const scheme = useComputedColorScheme('dark');
  const bars = useMemo(() => joinBars(series, later), [series, later]);
  const decisions = useSymbolDecisions().data?.decisions ?? NONE;
  const decision = useCurrentDecision().query.data;
  const zoomed = useRef<Zoomed | null>(null);
  const { element, chart } = useEChart({
    onPoint: (index) => pointed.set(index),
    onZoom: (first, last) => {
      zoomed.current = { bars, request, first, last };
      onCustom();
    },
    onDecision: (id) => {
      const found = decisions.find((one) => one.id === id);
      if (found) openDecision(found);
    },
  });
  const marks = useStore(markedBars, (value) => (value?.symbol === series.symbol ? value : null));
  const shaded = useMemo(
    () => ({ window: windowOf(bars, decision, series.symbol), marked: indicesOf(bars, marks?.spans ?? []) }),
    [bars, decision, series.symbol, marks],
  );

  useEffect(() => {
    const palette = readPalette();
    const [from, to] = viewOf(bars, request, zoomed.current);
    const option = { ...frame(bars, from, to, palette), series: drawSeries(bars, decisions, shaded, palette) };
    void scheme;
    pointed.set(null);
    chart.current?.setOption(option, { notMerge: true });
  }, [bars, decisions, shaded, request, scheme, chart]);

  const onKeyDown = (event: KeyboardEvent) => {
    const on = chart.current && visible(chart.current);
    if (!chart.current || !on) return;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const at = pointed.get() ?? bars.known - 1;
      pointed.set(Math.max(0, Math.min(bars.close.length - 1, at + (event.key === 'ArrowLeft' ? -1 : 1))));
    } else if (event.key === '+' || event.key === '-') {
      const span = Math.round((on[1] - on[0]) * (event.key === '+' ? 0.8 : 1.25));
      chart.current.dispatchAction({
        type: 'dataZoom',
        startValue: Math.max(0, on[1] - Math.max(10, span)),
        endValue: on[1],
      });
    } else return;
    event.preventDefault();
  };

  const label = `${series.symbol}: ${bars.known} bars up to ${bars.labels[bars.known - 1]}, last close ${price(series.close.at(-1))} ${series.currency}. Arrow keys read bars, plus and minus zoom.`;
  return (
    <div className={classes.stage}>
      <Legend series={series} bars={bars} decisions={decisions} />
      <div ref={element} className={classes.canvas} data-entry {...keyedPicture(label, onKeyDown)} />
    </div>
  );
}

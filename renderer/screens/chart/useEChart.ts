import { type RefObject, useEffect, useRef } from 'react';
import { type ECharts, init } from './echarts.ts';

interface Handlers {
  onPoint(index: number | null): void;
  onZoom(from: number, to: number): void;
  onDecision(id: string): void;
}

interface Zoom {
  startValue: number;
  endValue: number;
}

/** The bars on screen, as [first, last] indices. */
export function visible(chart: ECharts): [number, number] | null {
  const zoom = (chart.getOption() as { dataZoom?: Zoom[] }).dataZoom?.[0];
  return zoom ? [zoom.startValue, zoom.endValue] : null;
}

function listen(chart: ECharts, handlers: RefObject<Handlers>): void {
  chart.on('updateAxisPointer', (event) => {
    const value = (event as { axesInfo?: { value?: number }[] }).axesInfo?.[0]?.value;
    if (typeof value === 'number') handlers.current.onPoint(value);
  });
  chart.getZr().on('globalout', () => handlers.current.onPoint(null));
  chart.on('datazoom', () => {
    const range = visible(chart);
    if (range) handlers.current.onZoom(...range);
  });
  chart.on('click', (event) => {
    if (event.seriesName === 'decisions') handlers.current.onDecision(event.name);
  });
}

/** A chart that lives as long as its element and follows its size. */
export function useEChart(handlers: Handlers) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (!element.current) return;
    const made = init(element.current, null, { renderer: 'canvas' });
    chart.current = made;
    listen(made, latest);
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  return { element, chart };
}

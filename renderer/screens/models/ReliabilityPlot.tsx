import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { readPalette } from '../chart/palette.ts';
import { type ECharts, init } from './echarts.ts';
import { type Point, reliabilityOption } from './reliability-option.ts';

interface Props {
  points: readonly Point[];
  /** The diagram in words. */
  label: string;
  className: string | undefined;
}

/** A reliability diagram: how often it happened against how probable it was called. */
export function ReliabilityPlot({ points, label, className }: Props) {
  const scheme = useComputedColorScheme('dark');
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  useEffect(() => {
    if (!element.current) return;
    const made = init(element.current, null, { renderer: 'canvas' });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    void scheme;
    chart.current?.setOption(reliabilityOption(points, readPalette()), { notMerge: true });
  }, [points, scheme]);
  return <div ref={element} className={className} role="img" aria-label={label} />;
}

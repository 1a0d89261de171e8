import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { HeldOutBin } from '../../../shared/domain/index.ts';
import { words } from '../../format/index.ts';
import { readPalette } from '../chart/palette.ts';
import { type ECharts, init } from './echarts.ts';
import classes from './models.module.css';
import { diagramText, pointsOf, reliabilityOption } from './reliability-option.ts';

/** One class: how often it was right against how probable the network called it. */
export function ReliabilityDiagram({ name, bins }: { name: string; bins: readonly HeldOutBin[] }) {
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
    chart.current?.setOption(reliabilityOption(pointsOf(bins), readPalette()), { notMerge: true });
  }, [bins, scheme]);
  return (
    <figure className={classes.diagram}>
      <div ref={element} className={classes.plot} role="img" aria-label={diagramText(name, bins)} />
      <figcaption>{words(name)}</figcaption>
    </figure>
  );
}

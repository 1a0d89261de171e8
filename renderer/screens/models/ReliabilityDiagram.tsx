import { useMemo } from 'react';
import type { HeldOutBin } from '../../../shared/domain/index.ts';
import { words } from '../../format/index.ts';
import classes from './models.module.css';
import { ReliabilityPlot } from './ReliabilityPlot.tsx';
import { diagramText, pointsOf } from './reliability-option.ts';

/** One class: how often it was right against how probable the network called it. */
export function ReliabilityDiagram({ name, bins }: { name: string; bins: readonly HeldOutBin[] }) {
  const points = useMemo(() => pointsOf(bins), [bins]);
  return (
    <figure className={classes.diagram}>
      <ReliabilityPlot points={points} label={diagramText(name, bins)} className={classes.plot} />
      <figcaption>{words(name)}</figcaption>
    </figure>
  );
}

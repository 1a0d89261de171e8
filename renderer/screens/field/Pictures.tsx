import { useMemo } from 'react';
import type { FieldView } from '../../../shared/domain/index.ts';
import { useStore } from '../../engine/index.ts';
import { barTime, figure, price } from '../../format/index.ts';
import { isIntraday } from '../../workspace/index.ts';
import classes from './field.module.css';
import { cell, Picture } from './Picture.tsx';
import { diverging } from './paint.ts';

/** The two bars that a cell pairs, and its values; says how to get them while no cell is pointed at. */
function Readout({ field }: { field: FieldView }) {
  const at = useStore(cell, (value) => value);
  if (!at || at.row >= field.bars || at.column >= field.bars) {
    return <p className={classes.readout}>Point at a cell to read the two bars it pairs.</p>;
  }
  const intraday = isIntraday(field.interval);
  const bar = (i: number) => `${barTime(field.time[i] ?? 0, intraday)} at ${price(field.close[i])}`;
  const i = at.row * field.bars + at.column;
  return (
    <p className={classes.readout} data-testid="field-readout">
      <span>
        Row {at.row + 1}: <b>{bar(at.row)}</b>
      </span>
      <span>
        Column {at.column + 1}: <b>{bar(at.column)}</b>
      </span>
      <span>
        GASF <b>{figure(field.gasf[i])}</b> GADF <b>{figure(field.gadf[i])}</b> heat <b>{figure(field.heat[i])}</b>
      </span>
    </p>
  );
}

function Scale() {
  return (
    <div
      className={classes.scale}
      role="img"
      aria-label="Colours from minus one, blue, over zero, dark, to one, orange"
    >
      <span>{'\u2212'}1</span>
      <i />
      <span>1</span>
    </div>
  );
}

/** The window as three fields of its closes, and the picture of log closes that the network reads. */
export function Pictures({ field }: { field: FieldView }) {
  const colors = useMemo(() => {
    const of = (values: readonly number[]) => (i: number) => diverging(values[i] ?? 0);
    const read = atob(field.networkPicture);
    const rgb = (i: number): [number, number, number] => [
      read.charCodeAt(3 * i),
      read.charCodeAt(3 * i + 1),
      read.charCodeAt(3 * i + 2),
    ];
    return { gasf: of(field.gasf), gadf: of(field.gadf), heat: of(field.heat), rgb };
  }, [field]);
  return (
    <div>
      <div className={classes.pictures}>
        <Picture name="GASF" title="Gramian angular summation field" bars={field.bars} color={colors.gasf} />
        <Picture name="GADF" title="Gramian angular difference field" bars={field.bars} color={colors.gadf} />
        <Picture name="Heat map" title="Price heat map" bars={field.bars} color={colors.heat} />
        <Picture
          name="RGB"
          title="What the network reads, of log closes: red GASF, green GADF, blue heat map"
          bars={field.bars}
          color={colors.rgb}
        />
      </div>
      <div className={classes.under}>
        <Readout field={field} />
        <Scale />
      </div>
    </div>
  );
}

import { type KeyboardEvent, memo, type PointerEvent, useEffect, useRef } from 'react';
import { keyedPicture } from '../../components/index.ts';
import { createStore, useStore } from '../../engine/index.ts';
import { markedBars } from '../../workspace/index.ts';
import classes from './field.module.css';
import { type CellColor, paint } from './paint.ts';

/** The cell under the pointer on any of the pictures. */
export const cell = createStore<{ row: number; column: number } | null>(null);

/** The cell of two bars that another part of the panel points at. */
export const crossed = createStore<{ row: number; column: number } | null>(null);

function Cross({ bars }: { bars: number }) {
  const own = useStore(cell, (value) => value);
  const other = useStore(crossed, (value) => value);
  const at = own ?? other;
  if (!at || at.row >= bars || at.column >= bars) return null;
  const middle = (i: number) => ((i + 0.5) / bars) * 100;
  return (
    <svg className={classes.cross} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path d={`M0 ${middle(at.row)}H100M${middle(at.column)} 0V100`} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** The most salient bars, as rows at the left edge and columns at the top one. */
function Marks({ bars }: { bars: number }) {
  const marked = useStore(markedBars, (value) => value);
  if (!marked || marked.bars !== bars) return null;
  const percent = (i: number) => `${(i / bars) * 100}%`;
  return marked.runs.map(([from, to]) => {
    const [start, length] = [percent(from), percent(to + 1 - from)];
    return (
      <span key={from} aria-hidden="true">
        <i className={classes.markColumn} style={{ left: start, width: length }} />
        <i className={classes.markRow} style={{ top: start, height: length }} />
      </span>
    );
  });
}

const MOVES: Partial<Record<string, [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function move(event: KeyboardEvent, bars: number): void {
  const step = MOVES[event.key];
  if (!step) return;
  event.preventDefault();
  const from = cell.get() ?? { row: 0, column: 0 };
  const clip = (i: number) => Math.max(0, Math.min(bars - 1, i));
  cell.set({ row: clip(from.row + step[0]), column: clip(from.column + step[1]) });
}

interface Props {
  name: string;
  title: string;
  bars: number;
  color: CellColor;
}

/** One `bars` by `bars` picture; row 0 and column 0 are the oldest bar. */
export const Picture = memo(function Picture({ name, title, bars, color }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, bars, color);
  }, [bars, color]);
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const index = (offset: number, size: number) => Math.max(0, Math.min(bars - 1, Math.floor((offset / size) * bars)));
    cell.set({ row: index(event.clientY - box.top, box.height), column: index(event.clientX - box.left, box.width) });
  };
  const label = `${title}, ${bars} by ${bars} cells; arrow keys read a cell`;
  const keys = keyedPicture(label, (event) => move(event, bars));
  return (
    <figure className={classes.picture}>
      <div className={classes.frame} {...keys} onPointerMove={point} onPointerLeave={() => cell.set(null)}>
        <canvas ref={canvas} data-testid={`field-${name.toLowerCase().replaceAll(' ', '-')}`} />
        <Marks bars={bars} />
        <Cross bars={bars} />
      </div>
      <figcaption title={title}>{name}</figcaption>
    </figure>
  );
});

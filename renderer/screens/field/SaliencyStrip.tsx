import type { KeyboardEvent, PointerEvent } from 'react';
import type { FieldView, SaliencyView } from '../../../shared/domain/index.ts';
import { keyedPicture, sparkPoints } from '../../components/index.ts';
import { createStore, useStore } from '../../engine/index.ts';
import { barTime, figure, words } from '../../format/index.ts';
import { isIntraday } from '../../workspace/index.ts';
import classes from './field.module.css';
import { crossed } from './Picture.tsx';
import { changeText, columnHeights, isMarked, startOf } from './salient.ts';

type Head = SaliencyView['heads'][number];

/** The pair under the pointer or the arrow keys; its bars are the crossed row and column of the pictures. */
const pair = createStore<number | null>(null);

function point(head: Head, index: number | null): void {
  const at = index === null ? null : (head.pairs[index] ?? null);
  pair.set(at ? index : null);
  crossed.set(at ? { row: at.from, column: at.to } : null);
}

function onKeyDown(head: Head, event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const from = pair.get() ?? (step > 0 ? -1 : head.pairs.length);
  point(head, Math.max(0, Math.min(head.pairs.length - 1, from + step)));
}

const LINE = 30;
const HALF = 22;
/** A lower column would be a line only. */
const SEEN = 0.4;

/** The closes, and under them a column a pair: up where the pair holds the reading up, hollow and down where it speaks against it. */
function Drawing({ head, field, at }: { head: Head; field: FieldView; at: number | null }) {
  const heights = columnHeights(head.pairs);
  const zero = LINE + 4 + HALF;
  return (
    <svg
      className={classes.stripDrawing}
      viewBox={`0 0 100 ${zero + HALF}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {head.pairs.map((one, i) => {
        const x = startOf(one.from, field.bars);
        const width = startOf(one.to + 1, field.bars) - x;
        const height = Math.abs(heights[i] ?? 0) * (HALF - 1);
        const against = one.change < 0;
        const marked = isMarked(head, one);
        const kind = against ? classes.against : marked ? classes.most : classes.some;
        return (
          <g key={one.from}>
            {(marked || at === i) && (
              <rect
                className={at === i ? classes.pointedPair : classes.markedPair}
                x={x}
                width={width}
                y={0}
                height={zero + HALF}
              />
            )}
            {height >= SEEN && (
              <rect
                className={kind}
                x={x + width * 0.12}
                width={width * 0.76}
                y={against ? zero : zero - height}
                height={height}
              />
            )}
          </g>
        );
      })}
      <polyline className={classes.stripLine} points={sparkPoints(field.close, 100, LINE)} />
      <path className={classes.stripZero} d={`M0 ${zero}H100`} />
    </svg>
  );
}

function Readout({ head, field, at }: { head: Head; field: FieldView; at: number | null }) {
  const one = at === null ? undefined : head.pairs[at];
  if (!one) {
    const most = Math.max(...head.pairs.map(({ change }) => Math.abs(change)));
    return (
      <span>
        A column is two bars, the tallest {figure(most)}: up = without them {words(head.topClass)} falls, down (hollow)
        = it rises. {'\u25b2'} marks the most salient tenth.
      </span>
    );
  }
  const intraday = isIntraday(field.interval);
  const bar = (i: number) => barTime(field.time[i] ?? 0, intraday);
  return (
    <span>
      Without bars {one.from + 1} and {one.to + 1} (<b>{bar(one.from)}</b> to <b>{bar(one.to)}</b>):{' '}
      <b>{changeText(head, one)}</b>
      {isMarked(head, one) && ', one of the most salient'}.
    </span>
  );
}

/** What each pair of bars did for the reading, along the window; arrow keys walk the pairs. */
export function SaliencyStrip({ head, field }: { head: Head; field: FieldView }) {
  const at = useStore(pair, (value) => value);
  const follow = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    point(
      head,
      Math.min(head.pairs.length - 1, Math.floor(((event.clientX - box.left) / box.width) * head.pairs.length)),
    );
  };
  const label = `What moved the ${head.head} reading, ${head.pairs.length} pairs of bars; left and right walk them`;
  const leave = () => point(head, null);
  const keys = { ...keyedPicture(label, (event) => onKeyDown(head, event)), onBlur: leave };
  return (
    <div>
      <div
        className={classes.strip}
        data-testid="saliency-strip"
        {...keys}
        onPointerMove={follow}
        onPointerLeave={leave}
      >
        <Drawing head={head} field={field} at={at} />
        {head.pairs
          .filter((one) => isMarked(head, one))
          .map((one) => (
            <i
              key={one.from}
              className={classes.stripMark}
              style={{ left: `${startOf(one.from + 1, field.bars)}%` }}
              aria-hidden="true"
            >
              {'\u25b2'}
            </i>
          ))}
      </div>
      <p className={classes.stripReadout} role="status" data-testid="saliency-readout">
        <Readout head={head} field={field} at={at} />
      </p>
    </div>
  );
}

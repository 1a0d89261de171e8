import type { DecisionSummary, SeriesView } from '../../../shared/domain/index.ts';
import { ActionMark } from '../../components/index.ts';
import { createStore, useStore } from '../../engine/index.ts';
import { certainty, change, hasAdjusted, price, sessionsBehind, volume } from '../../format/index.ts';
import { type Bars, barOfDecision } from './bars.ts';
import classes from './chart.module.css';
import { SeriesNotes } from './SeriesNotes.tsx';

/** The bar under the crosshair; null = the last known one. */
export const pointed = createStore<number | null>(null);

function Item({ name, value, tone = '' }: { name: string; value: string; tone?: string }) {
  return (
    <span>
      <span className="dim">{name}</span> <b className={tone}>{value}</b>
    </span>
  );
}

interface Props {
  series: SeriesView;
  bars: Bars;
  decisions: readonly DecisionSummary[];
}

/** The figures of the bar under the crosshair. */
export function Legend({ series, bars, decisions }: Props) {
  const at = useStore(pointed, (value) => value);
  const i = Math.min(at ?? bars.known - 1, bars.close.length - 1);
  const close = bars.close[i] ?? 0;
  const before = bars.close[i - 1];
  const moved = before ? close / before - 1 : null;
  const tone = moved === null || moved === 0 ? '' : moved > 0 ? 'up' : 'down';
  const behind = sessionsBehind(series.sessionsBehind);
  const adjusted = hasAdjusted(series.notices);
  const decision = decisions.find((one) => barOfDecision(bars, one) === i);
  return (
    <div className={classes.legend} data-testid="chart-legend">
      <b className="num">{bars.labels[i]}</b>
      {behind && <span className={classes.after}>{behind}</span>}
      {bars.open && <Item name="O" value={price(bars.open[i])} />}
      {bars.high && <Item name="H" value={price(bars.high[i])} />}
      {bars.low && <Item name="L" value={price(bars.low[i])} />}
      <Item name="C" value={price(close)} />
      <span className={`dim ${classes.currency}`}>{series.currency}</span>
      {adjusted && <span className="dim">adjusted</span>}
      <b className={`num ${tone}`}>{change(moved)}</b>
      {bars.volume && <Item name="Vol" value={volume(bars.volume[i])} />}
      {i >= bars.known && <span className={classes.after}>after the clock</span>}
      {decision && (
        <span>
          <ActionMark action={decision.action} /> <span className="dim">signal {certainty(decision.confidence)}</span>
        </span>
      )}
      <SeriesNotes notices={series.notices} />
    </div>
  );
}

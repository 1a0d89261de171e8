import type { ChartResultObject } from 'yahoo-finance2/modules/chart';
import { notData } from '../remote/checks.ts';
import type { Row } from '../remote/rows.ts';
import { SOURCE } from './source.ts';

/** A chart as the library hands it on: checked against its schema, dates as Date, prices in columns. */
export type Chart = ChartResultObject;
type Cells = readonly (number | null)[];

/** The rows of a chart as delivered, UTC ms; none where it has no bars. @throws SOURCE_ANSWER_BAD */
export function rowsOf(chart: Chart): Row[] {
  const times = chart.timestamp ?? [];
  const quote = chart.indicators.quote[0];
  if (times.length === 0 || !quote) return [];
  const adjusted = chart.indicators.adjclose?.[0]?.adjclose ?? null;
  const columns: Cells[] = [quote.open, quote.high, quote.low, quote.close, quote.volume];
  if (columns.some((cells) => cells.length !== times.length) || (adjusted && adjusted.length !== times.length)) {
    throw notData(SOURCE, 'its columns are of different lengths');
  }
  return times.map((time, index) => ({
    time: time * 1000,
    open: cell(quote.open, index),
    high: cell(quote.high, index),
    low: cell(quote.low, index),
    close: cell(quote.close, index),
    adjClose: adjusted ? cell(adjusted, index) : Number.NaN,
    volume: cell(quote.volume, index),
  }));
}

/** True where the chart has adjusted closes. */
export function hasAdjClose(chart: Chart): boolean {
  return (chart.indicators.adjclose?.[0]?.adjclose?.length ?? 0) > 0;
}

function cell(cells: Cells, index: number): number {
  return cells[index] ?? Number.NaN;
}

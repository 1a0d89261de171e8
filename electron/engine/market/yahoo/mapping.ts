import type { Interval } from '../../../../shared/domain/index.ts';
import { checkSpacing, checkSymbol, checkTimes, lying } from '../remote/checks.ts';
import { columnsOf, inOrder, isEmptyRow, type Row } from '../remote/rows.ts';
import type { Dividend, RemoteBars, Split } from '../remote/types.ts';
import { endsBefore, type SplitNote, undoSplits } from '../remote/unsplit.ts';
import { intradayMs } from '../sessions.ts';
import { type Chart, hasAdjClose, rowsOf } from './chart.ts';
import { type Events, eventsOf } from './events.ts';
import { factsOf } from './facts.ts';
import { isHeldBack, joinLiveRow } from './live-row.ts';
import { createNotes, type Notes } from './notes.ts';
import { regularHours } from './regular-hours.ts';
import { SOURCE } from './source.ts';
import { barTime } from './times.ts';

/** What was asked; bars with `time` in [from, to) are wanted, UTC ms. */
export interface Wanted {
  symbol: string;
  interval: Interval;
  from: number;
  to: number;
  now: number;
}

/**
 * A chart of Yahoo as bars of DEFINITIONS 1, still unrepaired: rows without prices stay as NaN, the unfinished last bar stays under the time
 * its finished bar will have. Prices come out in the major unit and of their day.
 * @throws SYMBOL_RENAMED, SOURCE_LYING, SOURCE_ANSWER_BAD
 */
export function mapChart(chart: Chart, wanted: Wanted): RemoteBars {
  const { symbol, interval, now } = wanted;
  const claim = { source: SOURCE, symbol };
  checkSymbol(chart.meta.symbol, claim);
  checkGranularity(chart.meta.dataGranularity, wanted);
  const { meta, unit } = factsOf(chart);
  const notes = createNotes();
  const { rows: delivered, moved } = inOrder(rowsOf(chart));
  const instants = delivered.map(({ time }) => time);
  checkTimes(instants, now, claim);
  checkSpacing(instants, interval, claim);
  notes.info('put-in-order', delivered.length, 'bars came out of order and were put in order of time', moved);
  const events = eventsOf(chart, interval, meta.timezone);
  const cleared = withoutOddRows(delivered, chart, meta.kind, events, interval, notes);
  const ordered = cleared.map((row) => ({ ...row, time: barTime(row.time, interval, meta.timezone) }));
  const lastTrade = chart.meta.regularMarketTime.getTime();
  const rows = inUnit(joinLiveRow(ordered, interval), unit.parts).filter(
    (row) => !(isHeldBack(row, interval, lastTrade, now) && notes.dropped('held-back')),
  );
  notes.info('minor-unit', rows.length, unit.sentence ?? '', unit.sentence !== null);
  const adjusted = adjustable(rows, chart, events.splits);
  const splits = undoSplits(rows, events.splits, interval);
  notes.splits(splits);
  notes.info(
    'events-unusable',
    events.unusable,
    'splits or dividends without a sensible amount were left out',
    events.unusable > 0,
  );
  const cut = rows.filter(({ time }) => time >= wanted.from && time < wanted.to);
  notes.info('no-bars', 0, `${SOURCE} has no bars of ${meta.symbol} for these days`, cut.length === 0);
  return {
    raw: columnsOf(cut, { adjClose: adjusted, volume: meta.kind !== 'fx' }),
    meta,
    notices: notes.list(),
    splits: events.splits,
    dividends: dividendsOfTheirDay(events.dividends, splits, unit.parts, interval),
    fetchedAt: now,
  };
}

function checkGranularity(said: string, { symbol, interval }: Wanted): void {
  const spoken = said === '60m' ? '1h' : said;
  if (spoken === interval) return;
  const shown = /^\w{1,6}$/.test(said) ? `${said} bars` : 'bars of another length';
  throw lying({ source: SOURCE, symbol }, `they are ${shown}, but ${interval} bars were asked for`);
}

/** Leaves out rows that are no bars of the session: those that only mark an event, those before and after it. */
function withoutOddRows(
  rows: readonly Row[],
  chart: Chart,
  kind: RemoteBars['meta']['kind'],
  events: Events,
  interval: Interval,
  notes: Notes,
): Row[] {
  const intraday = intradayMs(interval) !== null;
  const isRegular = intraday ? regularHours(chart.meta, kind, chart.meta.exchangeTimezoneName) : () => true;
  return rows.filter((row) => {
    if (isEmptyRow(row) && events.instants.has(row.time)) return !notes.dropped('event-row');
    return isRegular(row.time) || !notes.dropped('outside-session');
  });
}

function inUnit(rows: readonly Row[], parts: number): Row[] {
  return rows.map((row) => ({
    ...row,
    open: row.open / parts,
    high: row.high / parts,
    low: row.low / parts,
    close: row.close / parts,
    adjClose: row.adjClose / parts,
  }));
}

/** True where the bars carry adjusted closes; where Yahoo has none but a split lies between them, its divided closes are the adjusted ones. */
function adjustable(rows: readonly Row[], chart: Chart, splits: readonly Split[]): boolean {
  if (hasAdjClose(chart)) return true;
  if (splits.length === 0) return false;
  for (const row of rows) row.adjClose = row.close;
  return true;
}

/** Amounts for each share of the day they were paid; Yahoo divides past ones at a split as it does prices. */
function dividendsOfTheirDay(
  dividends: readonly Dividend[],
  notes: readonly SplitNote[],
  parts: number,
  interval: Interval,
): Dividend[] {
  const undone = notes.filter(({ action }) => action === 'undone').map(({ split }) => split);
  return dividends.map(({ time, amount }) => {
    const later = undone.filter((split) =>
      endsBefore(time, split.time, intradayMs(interval) === null ? '1d' : interval),
    );
    return { time, amount: later.reduce((product, { ratio }) => product * ratio, amount / parts) };
  });
}

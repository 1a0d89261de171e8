import type { Interval } from '../../../../shared/domain/index.ts';
import { checkAdjusted, checkSpacing, checkSymbol, checkTimes, lying } from '../remote/checks.ts';
import { columnsOf, inOrder, isEmptyRow, type Row } from '../remote/rows.ts';
import type { Dividend, RemoteBars, RemoteMeta, Split } from '../remote/types.ts';
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
  checkSymbol(chart.meta.symbol, { source: SOURCE, symbol });
  checkGranularity(chart.meta.dataGranularity, wanted);
  const { meta, unit } = factsOf(chart);
  const events = eventsOf(chart, interval, meta.timezone);
  const notes = createNotes();
  const rows = inUnit(barsOf(chart, meta, events, wanted, notes), unit.parts);
  if (unit.sentence !== null) notes.info('minor-unit', rows.length, unit.sentence, null);
  checkAdjusted(rows, interval, { source: SOURCE, symbol });
  const adjClose = adjustable(rows, chart, events.splits);
  const splits = undoSplits(rows, events.splits, interval);
  notes.splits(splits);
  const left = 'splits or dividends without a sensible amount were left out';
  notes.info('events-unusable', events.unusable, left, events.unusable > 0 ? [events.unusableFrom ?? now] : []);
  const cut = rows.filter(({ time }) => time >= wanted.from && time < wanted.to);
  const none = `${SOURCE} has no bars of ${meta.symbol} for these days`;
  notes.info('no-bars', 0, none, cut.length === 0 ? [wanted.from] : []);
  return {
    raw: columnsOf(cut, { adjClose, volume: meta.kind !== 'fx' }),
    meta,
    notices: notes.list(),
    splits: events.splits,
    dividends: dividendsOfTheirDay(events.dividends, splits, unit.parts, interval),
    fetchedAt: now,
  };
}

/** Checked rows in the order of time under the times that bars have, without those that are no finished bars of the session. */
function barsOf(chart: Chart, meta: RemoteMeta, events: Events, wanted: Wanted, notes: Notes): Row[] {
  const { symbol, interval, now } = wanted;
  const { rows, movedFrom } = inOrder(rowsOf(chart));
  const instants = rows.map(({ time }) => time);
  checkTimes(instants, now, { source: SOURCE, symbol });
  checkSpacing(instants, interval, { source: SOURCE, symbol });
  const timeOf = (instant: number) => barTime(instant, interval, meta.timezone);
  const disorder = 'bars came out of order and were put in order of time';
  notes.info('put-in-order', rows.length, disorder, movedFrom === null ? [] : [timeOf(movedFrom)]);
  const timed = withoutOddRows(rows, chart, meta, events, interval, notes).map((row) => ({
    ...row,
    time: timeOf(row.time),
  }));
  const lastTrade = chart.meta.regularMarketTime.getTime();
  return joinLiveRow(timed, interval).filter(
    (row) => !(isHeldBack(row, interval, lastTrade, now) && notes.dropped('held-back', row.time)),
  );
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
  { kind, timezone }: RemoteMeta,
  events: Events,
  interval: Interval,
  notes: Notes,
): Row[] {
  const intraday = intradayMs(interval) !== null;
  const isRegular = intraday ? regularHours(chart.meta, kind, chart.meta.exchangeTimezoneName) : () => true;
  return rows.filter((row) => {
    if (isEmptyRow(row) && events.instants.has(row.time))
      return !notes.dropped('event-row', barTime(row.time, interval, timezone));
    return isRegular(row.time) || !notes.dropped('outside-session', row.time);
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

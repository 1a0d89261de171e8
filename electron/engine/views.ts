import type { WatchlistRow } from '../../shared/contract/index.ts';
import type {
  AsOf,
  FieldView,
  InstrumentRef,
  Interval,
  ReadingView,
  SeriesView,
  Watchlist,
} from '../../shared/domain/index.ts';
import { headsText } from '../../shared/domain/index.ts';
import { BrainnetError, toErrorData } from '../../shared/errors.ts';
import type { JournalReader } from './decision/index.ts';
import type { Market, Series } from './market/index.ts';
import { asOfFor } from './orchestrator/index.ts';
import {
  type CheckedWindow,
  checkedWindow,
  features,
  fieldCells,
  gadf,
  gasf,
  type HeadedConvnext,
  heatMap,
  networkFor,
  networkInput,
  scaleWindow,
  scores,
  seriesFor,
} from './vision/index.ts';

export interface WindowRequest extends InstrumentRef {
  asOf?: AsOf | undefined;
  windowBars: number;
}

/** A series as it travels. */
export function seriesView(series: Series): SeriesView {
  const { symbol, source, interval, currency, timezone, adjustment, closeOnly, notices } = series;
  const column = (values: Float64Array | null) => (values ? Array.from(values) : null);
  return {
    ...{ symbol, source, interval, currency, timezone, adjustment, closeOnly },
    asOf: new Date(series.asOf).toISOString(),
    sessionsBehind: series.sessionsBehind ?? null,
    time: Array.from(series.time),
    open: column(series.open),
    high: column(series.high),
    low: column(series.low),
    close: Array.from(series.close),
    volume: column(series.volume),
    notices: [...notices],
  };
}

/** The last window of an instrument as fields, features and scores. @throws TOO_FEW_BARS, TOO_MANY_BAD_BARS */
export async function fieldView(market: Market, request: WindowRequest): Promise<FieldView> {
  const { series, window, notices } = await windowOf(market, request);
  const x = scaleWindow(window.close);
  const measured = features(x);
  const { symbol, source, interval } = series;
  return {
    ...{ symbol, source, interval },
    asOf: new Date(series.asOf).toISOString(),
    bars: window.bars,
    time: Array.from(window.time),
    close: Array.from(window.close),
    windowHash: window.hash,
    gasf: rounded(gasf(x)),
    gadf: rounded(gadf(x)),
    heat: rounded(heatMap(x)),
    networkPicture: fieldCells(networkInput(window.close)).toString('base64'),
    features: measured,
    scores: scores(measured),
    notices,
  };
}

/** The network's reading of the last window; nothing is stored. @param standIn why the shipped heads stand in for those chosen */
export async function readingView(
  market: Market,
  network: () => Promise<HeadedConvnext>,
  standIn: string | null,
  request: WindowRequest,
): Promise<ReadingView> {
  const { series, window } = await windowOf(market, request);
  const convnext = networkFor(await network(), series);
  const { symbol, source, interval } = series;
  const heads = convnext.heads ?? null;
  const { modelHash, executionProvider, fallback, info } = convnext;
  const readable = window.bars === info.windowBars;
  const prediction = readable ? await convnext.predict(networkInput(window.close), window.hash) : null;
  const reason = new BrainnetError('WINDOW_NOT_READ', { reads: info.windowBars, bars: window.bars }).message;
  return {
    ...{ symbol, source, interval, modelHash, executionProvider, fallback, heads },
    headsNote: `${headsText(heads)}${standIn ? `. ${standIn}` : ''}`,
    asOf: new Date(series.asOf).toISOString(),
    windowHash: window.hash,
    reading: prediction?.reading ?? null,
    reason: readable ? null : reason,
    embeddingLength: prediction?.embedding.length ?? 0,
    novelty: prediction?.novelty ?? null,
    inferenceMs: prediction?.inferenceMs ?? 0,
  };
}

export interface RowsRequest {
  asOf?: AsOf | undefined;
  /** Of the decisions; left out: each symbol's own. */
  interval?: Interval | undefined;
}

/** One line of the watchlist panel for each of its symbols; a symbol that fails says why in its own line. */
export async function watchlistRows(
  market: Market,
  journal: JournalReader,
  list: Watchlist,
  request: RowsRequest = {},
): Promise<WatchlistRow[]> {
  const asOf = request.asOf ?? list.defaultAsOf ?? undefined;
  return Promise.all(list.items.map((item) => watchlistRow(market, journal, item, { ...request, asOf })));
}

const SPARKLINE_BARS = 32;

async function watchlistRow(
  market: Market,
  journal: JournalReader,
  item: Watchlist['items'][number],
  request: RowsRequest,
): Promise<WatchlistRow> {
  const blank = {
    interval: request.interval ?? null,
    name: item.symbol,
    currency: '',
    lastDate: null,
    lastClose: null,
    changeFraction: null,
    sparkline: [],
    sessionsBehind: null,
    decision: null,
  };
  try {
    const instrument = await market.resolve(item);
    const asOf = await asOfFor(market, item, request.asOf);
    const series = await market.series(item, asOf);
    const interval = request.interval ?? series.interval;
    const [last, before] = [series.close.at(-1)!, series.close.at(-2)];
    return {
      ...item,
      name: instrument.name,
      currency: instrument.currency,
      lastDate: new Date(series.time.at(-1)!).toISOString().slice(0, 10),
      lastClose: last,
      changeFraction: before === undefined ? null : last / before - 1,
      sparkline: Array.from(series.close.slice(-SPARKLINE_BARS)),
      sessionsBehind: series.sessionsBehind ?? null,
      interval,
      decision: journal.latest({ ...item, interval }, asOf),
      error: null,
    };
  } catch (error) {
    return { ...item, ...blank, error: toErrorData(error) };
  }
}

/** The last window of an instrument, checked. @throws TOO_FEW_BARS, TOO_MANY_BAD_BARS */
export async function windowOf(market: Market, request: WindowRequest): Promise<CheckedWindow & { series: Series }> {
  const asOf = await asOfFor(market, request, request.asOf);
  const series = await seriesFor(request.windowBars, market.series(request, asOf));
  return { series, ...checkedWindow(series, request.windowBars) };
}

/** Seven decimals are finer than float32 shows at 1, and halve what travels. */
const rounded = (field: Float32Array): number[] => Array.from(field, (value) => Math.round(value * 1e7) / 1e7);

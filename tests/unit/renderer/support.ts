import type { DecisionSummary, RunState, SeriesView } from '../../../shared/domain/index.ts';

export function decision(part: Partial<DecisionSummary>): DecisionSummary {
  return {
    id: 'd-1',
    runId: 'r-1',
    createdAt: '2026-01-01T00:00:00.000Z',
    symbol: 'AAPL',
    source: 'samples',
    interval: '1d',
    asOf: '2013-01-01T05:00:00.000Z',
    lastBarDate: '2012-12-31',
    lastClose: 532.17,
    currency: 'USD',
    horizonBars: 16,
    action: 'hold',
    regime: 'quiet',
    sampleStatus: 'out',
    confidence: 0.9,
    threshold: 0.78,
    holdReasons: [],
    scores: { trend: 1, cycle: 2, burst: 3 },
    ...part,
  };
}

export function run(part: Partial<RunState>): RunState {
  return {
    id: 'r-1',
    title: 'samples',
    status: 'running',
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    request: {},
    items: [],
    done: 0,
    failed: 0,
    total: 1,
    ratePerSecond: null,
    leftMs: null,
    ...part,
  };
}

export function series(part: Partial<SeriesView>): SeriesView {
  return {
    symbol: 'AAPL',
    source: 'samples',
    interval: '1d',
    currency: 'USD',
    timezone: 'America/New_York',
    adjustment: 'point-in-time',
    closeOnly: false,
    asOf: '2012-12-31T00:00:00.000Z',
    sessionsBehind: null,
    time: [],
    open: null,
    high: null,
    low: null,
    close: [],
    volume: null,
    notices: [],
    ...part,
  };
}

import { describe, expect, it } from 'vitest';
import { endedBetween, failedSymbols, runAtWork, runSummary } from '../../../renderer/app/runs.ts';
import { newestArrived, repeated, rowDecision, symbolOfFile } from '../../../renderer/screens/watchlist/rows.ts';
import { ownInterval } from '../../../renderer/workspace/interval.ts';
import { latestDecision, mergeArrived } from '../../../renderer/workspace/merge.ts';
import type { Instrument, RunItem } from '../../../shared/domain/index.ts';
import { decision, run } from './support.ts';

const at = (minute: number) => `2026-01-01T00:0${minute}:00.000Z`;

describe('decisions that arrive while a list is on screen', () => {
  const page = { total: 5, holds: 2, decisions: [decision({ id: 'd-1', createdAt: at(1) })] };

  it('stand on top, newest first, and count', () => {
    const arrived = [
      decision({ id: 'd-2', createdAt: at(2), action: 'hold' }),
      decision({ id: 'd-3', createdAt: at(3), action: 'long' }),
    ];
    const merged = mergeArrived(page, arrived, { clock: 'latest' });
    expect(merged.decisions.map((one) => one.id)).toEqual(['d-3', 'd-2', 'd-1']);
    expect([merged.total, merged.holds]).toEqual([7, 3]);
  });

  it('count once when the page already has them, and not at all when the filter leaves them out', () => {
    const arrived = [
      decision({ id: 'd-1', createdAt: at(1) }),
      decision({ id: 'd-4', createdAt: at(4), symbol: 'IBM' }),
      decision({ id: 'd-5', createdAt: at(5), lastBarDate: '2013-02-01' }),
    ];
    expect(mergeArrived(page, arrived, { symbol: 'AAPL', clock: '2012-12-31' })).toBe(page);
    const weekly = decision({ id: 'd-6', createdAt: at(6), interval: '1wk' });
    expect(mergeArrived(page, [weekly], { interval: '1d', clock: 'latest' })).toBe(page);
    expect(mergeArrived(page, [weekly], { interval: '1wk', clock: 'latest' }).total).toBe(6);
  });
});

describe('the decision of a symbol', () => {
  const early = decision({ id: 'd-1', asOf: '2012-06-01T04:00:00.000Z', lastBarDate: '2012-05-31', createdAt: at(5) });
  const late = decision({ id: 'd-2', createdAt: at(1) });

  it('is the one with the latest bar, whenever it was stored', () => {
    expect(latestDecision([early, late])?.id).toBe('d-2');
    expect(latestDecision([])).toBeNull();
  });

  it('shows on a row of the watchlist only as far as the clock allows', () => {
    const row = {
      symbol: 'AAPL',
      source: 'samples',
      interval: '1d',
      name: 'Apple',
      currency: 'USD',
      lastDate: '2012-12-31',
      lastClose: 532.17,
      changeFraction: 0.04,
      sparkline: [],
      sessionsBehind: null,
      decision: early,
      error: null,
    } as const;
    const rows = { ...row, sparkline: [] };
    expect(rowDecision(rows, newestArrived([late], '2012-12-31'))?.id).toBe('d-2');
    expect(rowDecision(rows, newestArrived([late], '2012-06-30'))?.id).toBe('d-1');
    const weekly = decision({ id: 'd-3', interval: '1wk', createdAt: at(6) });
    expect(rowDecision(rows, newestArrived([late, weekly], 'latest'))?.id).toBe('d-2');
    expect(rowDecision({ ...rows, interval: '1wk' }, newestArrived([late, weekly], 'latest'))?.id).toBe('d-3');
  });
});

describe('the watchlist', () => {
  it('guesses a symbol from the name of a file', () => {
    expect(symbolOfFile('aapl daily (2).csv')).toBe('AAPL');
    expect(symbolOfFile('^GSPC.csv')).toBe('^GSPC');
    expect(symbolOfFile('BRK-B.csv')).toBe('BRK-B');
  });

  it('finds symbols that stand in it from several sources', () => {
    const rows = [
      { symbol: 'AAPL', source: 'samples' },
      { symbol: 'IBM', source: 'samples' },
      { symbol: 'AAPL', source: 'csv' },
    ] as const;
    expect([...repeated(rows)]).toEqual(['AAPL']);
  });
});

describe('the interval of a symbol', () => {
  const instrument = (interval: Instrument['interval']): Instrument => ({
    ...{ symbol: 'AAPL', source: 'csv', interval, name: 'Apple', currency: 'USD', timezone: 'UTC' },
    ...{ closeOnly: false, bars: 2, firstDate: '2012-01-01', lastDate: '2012-12-31', defaultAsOf: null },
  });

  it('is daily where it has days, else the shortest it has, and daily from the network', () => {
    const ref = { symbol: 'AAPL', source: 'csv' } as const;
    expect(ownInterval([instrument('1h'), instrument('1d')], ref)).toBe('1d');
    expect(ownInterval([instrument('1wk'), instrument('1h')], ref)).toBe('1h');
    expect(ownInterval([instrument('1h')], { ...ref, source: 'yahoo' })).toBe('1d');
  });
});

describe('the end of a run', () => {
  const item = (action: RunItem['action']): RunItem => ({
    symbol: 'AAPL',
    source: 'samples',
    status: action ? 'done' : 'failed',
    stage: null,
    decisionId: null,
    action,
    confidence: null,
    error: null,
  });

  it('is told in a line', () => {
    const items = [item('long'), ...Array.from({ length: 6 }, () => item('hold'))];
    expect(runSummary(run({ status: 'done', items }))).toBe('7 decided: 1 long, 0 short, 6 hold');
    expect(runSummary(run({ status: 'cancelled', items: [item('short'), item(null)], failed: 1 }))).toBe(
      'Cancelled. 1 decided: 0 long, 1 short, 0 hold; 1 failed',
    );
  });

  it('comes by Esc for the run at work, not for one that waits behind it', () => {
    const runs = [run({ id: 'r-3', status: 'queued' }), run({ id: 'r-2', status: 'queued' }), run({ id: 'r-1' })];
    expect(runAtWork(runs)?.id).toBe('r-1');
    expect(runAtWork(runs.slice(0, 2))?.id).toBe('r-2');
    expect(runAtWork([run({ status: 'done' })])).toBeNull();
  });

  it('leaves what failed to be asked for again, with its source and interval, or only what was too old', () => {
    const stale = { code: 'STALE_BARS', sentence: '', details: {} } as const;
    const items = [
      item('long'),
      { ...item(null), symbol: 'IBM' },
      { ...item(null), symbol: 'SAP.DE', source: 'yahoo', error: stale } as const,
    ];
    const ended = run({ status: 'done', request: { watchlist: 'mine', interval: '1wk' }, items });
    expect(failedSymbols(ended)).toEqual([
      { symbol: 'IBM', source: 'samples', interval: '1wk' },
      { symbol: 'SAP.DE', source: 'yahoo', interval: '1wk' },
    ]);
    expect(failedSymbols(ended, true)).toEqual([{ symbol: 'SAP.DE', source: 'yahoo', interval: '1wk' }]);
  });

  it('is noticed once, and not for runs that had ended before the page came', () => {
    const before = [
      run({ id: 'r-1' }),
      run({ id: 'r-2', status: 'done' }),
      run({ id: 'r-4', status: 'queued' }),
      run({ id: 'r-5', status: 'queued' }),
    ];
    const now = [
      run({ id: 'r-5', status: 'running' }),
      run({ id: 'r-4', status: 'cancelled' }),
      run({ id: 'r-1', status: 'done' }),
      run({ id: 'r-2', status: 'done' }),
      run({ id: 'r-3', status: 'done' }),
    ];
    expect(endedBetween(before, now).map((one) => one.id)).toEqual(['r-4', 'r-1']);
    expect(endedBetween(now, now)).toEqual([]);
  });
});

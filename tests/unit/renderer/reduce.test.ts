import { describe, expect, it } from 'vitest';
import { applyEvents, fromSnapshot } from '../../../renderer/engine/reduce.ts';
import { decision, run } from './support.ts';

const start = fromSnapshot({
  seq: 10,
  version: '0.1.0',
  notices: [],
  decisions: 3,
  runs: [
    run({ id: 'r-old', startedAt: '2026-01-01T00:00:00.000Z' }),
    run({ id: 'r-new', startedAt: '2026-01-02T00:00:00.000Z' }),
  ],
  settings: [],
  languageModel: '',
  languageQueue: {
    available: false,
    model: null,
    waiting: 0,
    current: [],
    meanMs: null,
    leftMs: null,
    problem: null,
  },
});

describe("the page's copy of the engine's state", () => {
  it('lists runs newest first', () => {
    expect(start.runs.map((one) => one.id)).toEqual(['r-new', 'r-old']);
  });

  it('takes the newest state of a run and counts decisions', () => {
    const next = applyEvents(start, [
      { seq: 11, type: 'run', run: run({ id: 'r-new', startedAt: '2026-01-02T00:00:00.000Z', done: 1 }) },
      { seq: 12, type: 'decision', decision: decision({ id: 'd-9' }) },
    ]);
    expect(next.seq).toBe(12);
    expect(next.runs[0]?.done).toBe(1);
    expect(next.decisions).toBe(4);
    expect(next.arrived.map((one) => one.id)).toEqual(['d-9']);
  });

  it('changes nothing when a tail is told twice', () => {
    const events = [{ seq: 11, type: 'decision', decision: decision({}) } as const];
    const once = applyEvents(start, events);
    expect(applyEvents(once, events)).toBe(once);
    expect(applyEvents(start, [{ seq: 10, type: 'watchlists' }])).toBe(start);
  });

  it('keeps what did not change by reference, so that panels need not draw again', () => {
    const next = applyEvents(start, [{ seq: 11, type: 'settings' }]);
    expect(next.runs).toBe(start.runs);
    expect(next.arrived).toBe(start.arrived);
  });

  it('forgets arrivals at a fresh snapshot: the journal has them', () => {
    expect(fromSnapshot({ ...start, runs: [], notices: [], settings: [] }).arrived).toEqual([]);
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Decision, OutcomeState } from '../../../shared/domain/index.ts';
import { decide, sampleCsv, temporaryFolder, testEngine } from '../../support/engine.ts';
import { storeDecisions, storedDecision } from '../../support/journal.ts';

const rows = sampleCsv('AAPL').trimEnd().split('\n');
const dates = rows.map((row) => row.split(',')[0]!);
const lineOf = (date: string) => dates.findIndex((found, line) => line > 0 && found >= date);
const column = (name: string) => rows[0]!.toLowerCase().split(',').indexOf(name);
/** The price of a column on a line of the file. */
const priceOf = (line: number, name: string) => Number(rows[line]!.split(',')[column(name)]);
const upTo = (line: number) => `${rows.slice(0, line + 1).join('\n')}\n`;
/** The file with every price doubled. */
const doubled = () =>
  [
    rows[0],
    ...rows.slice(1).map((row) =>
      row
        .split(',')
        .map((cell, i) => (i === 0 ? cell : `${2 * Number(cell)}`))
        .join(','),
    ),
  ].join('\n');

const engines: Engine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

async function open(options: Parameters<typeof testEngine>[0] = {}): Promise<Engine> {
  const engine = await testEngine(options);
  engines.push(engine);
  return engine;
}

const importAs = (engine: Engine, symbol: string, content: string) =>
  engine.client.market.importBars({ symbol, fileName: `${symbol}.csv`, content });

const settled = async (engine: Engine, { id }: Pick<Decision, 'id'>) => {
  const states: OutcomeState[] = [];
  await expect
    .poll(async () => {
      states[0] = (await engine.client.decisions.outcomes({ ids: [id] }))[0]!;
      return states[0].state;
    })
    .toBe('settled');
  const [state] = states;
  if (state?.state !== 'settled') throw new Error('not settled');
  return state.outcome;
};

describe('outcomes settle by themselves', () => {
  test('when the bars of the horizon are imported; a correction that comes later changes nothing', async () => {
    const engine = await open();
    const last = lineOf('2010-06-30');
    await importAs(engine, 'MINE', upTo(last));
    const [decision] = (await decide(engine, { symbols: [{ symbol: 'MINE' }] })) as [Decision];
    expect(await engine.client.decisions.outcome({ id: decision.id })).toMatchObject({
      ...{ state: 'pending', barsLeft: 16, expected: null },
    });
    expect(await engine.client.decisions.scorecard({})).toMatchObject({ settled: 0, pending: 1 });
    const { seq } = await engine.client.system.snapshot();

    await importAs(engine, 'MINE', upTo(last + 16));
    const outcome = await settled(engine, decision);
    expect(outcome.entryTime.slice(0, 10)).toBe(dates[last + 1]);
    expect(outcome.exitTime.slice(0, 10)).toBe(dates[last + 16]);
    const gross = priceOf(last + 16, 'close') / priceOf(last + 1, 'open') - 1;
    expect(outcome.exitPrice / outcome.entryPrice - 1).toBeCloseTo(outcome.long.grossReturn, 12);
    expect(outcome.long.grossReturn).toBeCloseTo(gross, 7);
    for await (const event of await engine.client.system.events({ after: seq }))
      if (event.type === 'outcomes') {
        expect(event.settled).toBe(1);
        break;
      }
    expect(await engine.client.decisions.scorecard({})).toMatchObject({ origin: 'live', settled: 1, pending: 0 });
    expect(await engine.client.decisions.scorecard({ origin: 'replay' })).toMatchObject({ settled: 0, pending: 0 });

    await importAs(engine, 'MINE', doubled());
    expect(await engine.client.decisions.settle({})).toMatchObject({ settled: 0, failed: [] });
    expect(await settled(engine, decision)).toEqual(outcome);
  });

  test('after a run with the clock set back, and the scorecard of that clock still has them ahead', async () => {
    const engine = await open();
    const [decision] = (await decide(engine, {
      symbols: [{ symbol: 'AAPL', source: 'samples' }],
      asOf: '2010-06-30',
    })) as [Decision];
    const outcome = await settled(engine, decision);
    const before = await engine.client.decisions.scorecard({ asOf: '2010-06-30' });
    expect([before.settled, before.pending]).toEqual([0, 1]);
    const at = await engine.client.decisions.scorecard({ asOf: outcome.exitTime.slice(0, 10) });
    expect([at.settled, at.pending]).toEqual([1, 0]);
    const earlier = await engine.client.decisions.scorecard({ asOf: '2010-06-29' });
    expect([earlier.settled, earlier.pending]).toEqual([0, 0]);
  });

  test('at the start of the engine, by bars on this machine; what lies ahead is pending and what is gone is lost', async () => {
    const dataDir = temporaryFolder('settling');
    const at = (date: string) => ({ ...storedDecision().window, end: `${date}T00:00:00.000Z` });
    const due = storedDecision({ window: at('2012-12-31') });
    const gone = storedDecision({ window: at('2012-12-30') });
    const last = dates.at(-1)!;
    const ahead = storedDecision({ window: at(last), lastBarDate: last });
    storeDecisions(dataDir, [due, gone, ahead]);
    const engine = await open({ dataDir });
    await settled(engine, due);
    const ids = [gone.id, ahead.id];
    await expect
      .poll(async () => (await engine.client.decisions.outcomes({ ids })).map(({ state }) => state))
      .toEqual(['lost', 'pending']);
    expect(await engine.client.decisions.outcome({ id: ahead.id })).toMatchObject({ barsLeft: 16 });
  });

  test('the network is asked only where the user asks for it', async () => {
    const dataDir = temporaryFolder('settling');
    storeDecisions(dataDir, [storedDecision({ source: 'yahoo' })]);
    const network = vi.fn(async () => new Response('', { status: 404 }));
    const engine = await open({ dataDir, fetch: network as typeof fetch });
    await importAs(engine, 'AAPL', upTo(200));
    await decide(engine, { symbols: [{ symbol: 'AAPL', source: 'samples' }], asOf: '2010-06-30' });
    const report = await engine.client.decisions.settle({});
    expect(report.failed).toEqual([]);
    const page = await engine.client.decisions.list({ source: 'yahoo' });
    expect(await engine.client.decisions.outcome({ id: page.decisions[0]!.id })).toMatchObject({ state: 'pending' });
    expect(network).not.toHaveBeenCalled();
    const online = await engine.client.decisions.settle({ online: true });
    expect(online.failed).toMatchObject([{ symbol: 'AAPL', source: 'yahoo' }]);
    expect(network).toHaveBeenCalled();
  });
});

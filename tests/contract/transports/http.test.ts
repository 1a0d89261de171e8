import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { RunningServer } from '../../../electron/hosts/server.ts';
import { contract } from '../../../shared/contract/index.ts';
import { testEngine } from '../../support/engine.ts';
import { bearer, testServer } from '../../support/transports.ts';

/** A path for each procedure, however deep it lies. */
const pathsOf = (part: object, path = ''): string[] =>
  '~orpc' in part ? [path] : Object.entries(part).flatMap(([name, inner]) => pathsOf(inner, `${path}/${name}`));

describe('the contract as JSON over HTTP', () => {
  let engine: Engine;
  let server: RunningServer;

  beforeAll(async () => {
    engine = await testEngine();
    server = await testServer(engine.router);
  });
  afterAll(async () => {
    await server.close();
    await engine.close();
  });

  const address = (path: string) => `http://127.0.0.1:${server.port}/api/${path}`;
  const get = (path: string) => fetch(address(path), { headers: bearer(server) });
  const post = (path: string, input: unknown) =>
    fetch(address(path), {
      method: 'POST',
      headers: { ...bearer(server), 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });

  test('the OpenAPI document names every procedure of the contract', async () => {
    const response = await get('openapi.json');
    const document = await response.json();
    expect(document.openapi).toMatch(/^3\.1/);
    const procedures = pathsOf(contract);
    expect(Object.keys(document.paths).sort()).toEqual(procedures.sort());
    expect(document.paths['/analysis/run'].post.responses['200'].content).toHaveProperty('text/event-stream');
    expect(document.paths['/market/series'].post.responses).toHaveProperty('404');
  });

  test('queries are GET, everything else is POST with a JSON body', async () => {
    const lists = await (await get('market/watchlists')).json();
    expect(lists.map((list: { name: string }) => list.name)).toContain('samples');
    const series = await (await post('market/series', { symbol: 'AAPL', asOf: '2010-06-30' })).json();
    expect(series).toMatchObject({ symbol: 'AAPL', source: 'samples', currency: 'USD' });
    expect((await get('market/series')).status).toBe(404);
  });

  test('an error has its status, code, sentence and details', async () => {
    const response = await post('market/series', { symbol: 'NOSUCH' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'UNKNOWN_SYMBOL', data: { symbol: 'NOSUCH' } });
    const refused = await post('analysis/field', { symbol: 'AAPL', windowBars: 8 });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('a run is a stream of events that ends', async () => {
    const response = await post('analysis/run', { symbols: [{ symbol: 'AAPL' }], asOf: '2010-06-30' });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const text = await response.text();
    expect(text).toMatch(/"type":"decision"/);
    expect(text).toMatch(/"type":"end".*"decided":1/);
  });
});

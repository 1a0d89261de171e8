import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { testEngine } from '../support/engine.ts';
import { row, watched } from '../support/page.ts';
import { testServer } from '../support/transports.ts';

const executable = findBrowser();

describe.skipIf(executable === null)('a restart of the server under an open page', () => {
  const page = pageFiles(path.join('out', 'renderer'));
  let engine: Engine;
  let browser: Browser;
  beforeAll(async () => {
    [engine, browser] = await Promise.all([testEngine(), launchBrowser(executable!)]);
  });
  afterAll(async () => {
    await browser?.close();
    await engine?.close();
  });

  it('keeps the view, asks for the new address, and goes on from there', async () => {
    const before = await testServer(engine.router, { page });
    const context = await browser.newContext({ viewport: { width: 1024, height: 700 } });
    const { page: open } = await watched(context, before.url);
    await row(open, 'AAPL').waitFor();
    await before.close();
    const after = await testServer(engine.router, { page, port: before.port });
    await open.getByTestId('new-token').waitFor({ timeout: 30_000 });
    expect(await open.getByTestId('new-token').textContent()).toMatch(/restarted.*Everything stored is safe/);
    expect(await row(open, 'AAPL').isVisible()).toBe(true);
    expect(await open.getByTestId('chart-legend').isVisible()).toBe(true);
    await open.screenshot({ path: 'tests/e2e/screenshots/restarted.png' });
    await open.getByTestId('new-address').fill('nonsense');
    await open.getByTestId('open-address').click();
    await open.getByText(/neither an address/).waitFor();
    await open.getByTestId('new-address').fill(after.url);
    await open.getByTestId('open-address').click();
    await open.waitForFunction(
      () => document.querySelector('[data-testid="connection-state"]')?.getAttribute('data-state') === 'live',
    );
    await row(open, 'AAPL').waitFor();
    expect(await open.getByTestId('new-token').count()).toBe(0);
    expect(open.url()).not.toContain('token');
    await context.close();
    await after.close();
  });
});

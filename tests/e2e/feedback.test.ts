import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import { axeViolations } from '../support/axe.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { decide, testEngine } from '../support/engine.ts';
import { row, watched } from '../support/page.ts';
import { testServer } from '../support/transports.ts';

const executable = findBrowser();

describe.skipIf(executable === null)('feedback and the schedule on the page', () => {
  let engine: Engine;
  let browser: Browser;
  let server: RunningServer;
  beforeAll(async () => {
    [engine, browser] = await Promise.all([testEngine({ resumeRuns: true }), launchBrowser(executable!)]);
    server = await testServer(engine.router, { page: pageFiles(path.join('out', 'renderer')) });
    await decide(engine, { symbols: [{ symbol: 'AAPL', source: 'samples' }] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await engine?.close();
  });

  it('takes words to a decision, remembers them, and tells what the new analysis changed, by keys alone', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const { page, problems } = await watched(context, server.url);
    await row(page, 'AAPL').click();
    const words = page.getByTestId('feedback-words');
    await words.focus();
    await page.keyboard.type('The earnings call comes next week.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const result = page.getByTestId('feedback-result');
    await result.getByText(/It is remembered, and it changed nothing/).waitFor({ timeout: 30_000 });
    expect(await axeViolations(page)).toEqual([]);
    await page.screenshot({ path: 'tests/e2e/screenshots/feedback.png' });
    const [found] = await engine.client.memory.search({ kinds: ['feedback'] });
    expect(found!.memory).toMatchObject({ text: 'The earnings call comes next week.', symbol: 'AAPL' });
    expect(problems).toEqual([]);
    await context.close();
  });

  it('shows the schedule off, switches it on with its next run, and keeps what is chosen', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      const context = await browser.newContext({ viewport: { width: 1024, height: 700 }, colorScheme });
      const { page, problems } = await watched(context, server.url);
      await page.getByRole('tab', { name: 'Task centre' }).click();
      const schedule = page.getByTestId('schedule');
      await schedule.waitFor();
      expect(await page.getByTestId('schedule-state').textContent()).toBe('off');
      await schedule.getByRole('button', { name: 'Change' }).click();
      await schedule.getByLabel('Only while the market is open').click();
      await page.getByTestId('schedule-switch').click();
      await schedule.getByText(/^samples, next \d{4}-\d\d-\d\d \d\d:\d\d UTC$/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.screenshot({ path: `tests/e2e/screenshots/schedule-${colorScheme}.png` });
      const state = await engine.client.schedule.get();
      expect([state.on, state.onlyOpen]).toEqual([true, colorScheme === 'light']);
      await page.getByTestId('schedule-switch').click();
      await schedule.getByText(/^off$/).waitFor();
      expect(problems).toEqual([]);
      await context.close();
    }
  });
});

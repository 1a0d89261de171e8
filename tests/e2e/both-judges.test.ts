import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { createModelFiles } from '../../electron/engine/llm/index.ts';
import { createLog, systemClock } from '../../electron/engine/platform/index.ts';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import type { Decision } from '../../shared/domain/index.ts';
import { axeViolations } from '../support/axe.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { decide, runToEnd, temporaryFolder, testEngine } from '../support/engine.ts';
import { row, watched } from '../support/page.ts';
import { tinyModelFile } from '../support/tiny-model/index.ts';
import { testServer } from '../support/transports.ts';

const executable = findBrowser();
const env = { BRAINNET_LOG: 'silent', MAX_REFINEMENTS: '1', USE_VISION: 'true' };
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const PICTURES = path.join('tests', 'e2e', 'screenshots');

async function engineWithModel(): Promise<Engine> {
  const dataDir = temporaryFolder('judges');
  const files = createModelFiles({ dataDir, resourceDirs: [], env, clock: systemClock, log: createLog(env) });
  await files.use(tinyModelFile());
  await files.close();
  return testEngine({ dataDir, env });
}

describe.skipIf(executable === null)('decisions of both judges on the page', () => {
  let engine: Engine;
  let browser: Browser;
  let server: RunningServer;
  let numeric: Decision;
  let joined: Decision;
  beforeAll(async () => {
    [engine, browser] = await Promise.all([engineWithModel(), launchBrowser(executable!)]);
    server = await testServer(engine.router, { page: pageFiles(path.join('out', 'renderer')) });
    const symbols = [{ symbol: 'AAPL', source: 'samples' as const }];
    [numeric, joined] = (await decide(engine, { symbols, language: 'wait' })) as [Decision, Decision];
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await engine?.close();
  });

  it('stand side by side with the rule that joined them, in both themes and sizes', async () => {
    const { language } = joined;
    for (const colorScheme of ['dark', 'light'] as const)
      for (const viewport of SIZES) {
        const context = await browser.newContext({ viewport, colorScheme });
        await context.addInitScript((name) => localStorage.setItem('mantine-color-scheme-value', name), colorScheme);
        const { page, problems } = await watched(context, server.url);
        await row(page, 'AAPL').click();
        const judges = page.getByTestId('both-judges');
        await judges.waitFor();
        expect(await page.getByTestId('judges-sentence').textContent()).toBe(joined.opinions!.sentence);
        expect(await judges.getByRole('heading', { level: 4 }).allTextContents()).toEqual([
          'Numeric judge',
          'Phi 3 tiny random',
        ]);
        await page.screenshot({ path: path.join(PICTURES, `both-judges-${colorScheme}-${viewport.width}.png`) });
        expect(await page.getByTestId('language-thesis').textContent()).toBe(language!.thesis);
        expect(await page.getByTestId('language-invalidation').textContent()).toContain(joined.currency);
        expect(await page.getByTestId('language-blind').textContent()).toBe('Blind');
        expect(await page.getByTestId('language-picture').textContent()).toBe(
          'The language model Phi 3 tiny random, a file of your own cannot read pictures; it is given text instead.',
        );
        expect(
          await page
            .getByTestId('language-scores')
            .getByText(/apart$/)
            .count(),
        ).toBe(language!.disagreements.length);
        expect(await page.getByTestId('language-expected').textContent()).toMatch(/about \d+ (second|minute)s?$/);
        await page.getByTestId('language-opinion').scrollIntoViewIfNeeded();
        await page.screenshot({ path: path.join(PICTURES, `language-opinion-${colorScheme}-${viewport.width}.png`) });
        expect(await axeViolations(page)).toEqual([]);
        expect(problems).toEqual([]);
        await context.close();
      }
  }, 120_000);

  it('are marked in the history, and lead to the numeric decision that they follow', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const { page } = await watched(context, server.url);
    await row(page, 'AAPL').click();
    await page.getByRole('tab', { name: 'History' }).click();
    const marked = (id: string) => page.locator(`tr[data-id="${id}"]`).getByTestId('judge-mark').textContent();
    expect([await marked(joined.id), await marked(numeric.id)]).toEqual(['Both', 'Numeric']);
    await page.screenshot({ path: path.join(PICTURES, 'history-judges.png') });
    await page.getByTestId('judges-numeric').click();
    await page.getByTestId('both-judges').waitFor({ state: 'detached' });
    await page.getByText('opened as it was').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await context.close();
  }, 60_000);

  it('the line says what the model is at, and Cancel ends it while the numeric decisions stand', async () => {
    const context = await browser.newContext({ viewport: { width: 1024, height: 700 } });
    const { page, problems } = await watched(context, server.url);
    const before = (await engine.client.system.snapshot()).decisions;
    const events = await runToEnd(engine, { watchlist: 'samples' });
    const decided = events.filter(({ type }) => type === 'decision').length;
    const cancel = page.getByTestId('language-cancel');
    await cancel.waitFor();
    const line = page.getByTestId('language-line');
    expect(await line.textContent()).toMatch(
      /^Phi 3 tiny random judges \S+( and \S+)*, (\d+ waits?, )?about \d+ \w+Cancel$/,
    );
    await page.screenshot({ path: path.join(PICTURES, 'language-queue.png') });
    expect(await axeViolations(page)).toEqual([]);
    await cancel.click();
    await cancel.waitFor({ state: 'detached' });
    const { languageQueue, decisions } = await engine.client.system.snapshot();
    expect(languageQueue).toMatchObject({ waiting: 0, current: [], problem: null });
    expect(decisions - before).toBeGreaterThanOrEqual(decided);
    expect(decisions - before).toBeLessThan(2 * decided);
    expect(problems).toEqual([]);
    await context.close();
  }, 120_000);
});

describe.skipIf(executable === null)('without a language model', () => {
  it('the page says so with the way to get one, and leads there by a key', async () => {
    const [engine, browser] = await Promise.all([testEngine(), launchBrowser(executable!)]);
    const server = await testServer(engine.router, { page: pageFiles(path.join('out', 'renderer')) });
    await decide(engine, { symbols: [{ symbol: 'AAPL', source: 'samples' }] });
    const context = await browser.newContext({ viewport: { width: 1024, height: 700 } });
    const { page, problems } = await watched(context, server.url);
    await row(page, 'AAPL').click();
    expect(await page.getByTestId('second-opinion').textContent()).toMatch(/brainnet models download/);
    expect(await page.getByTestId('language-expected').count()).toBe(0);
    await page.screenshot({ path: path.join(PICTURES, 'language-missing.png') });
    await page.getByTestId('language-line').getByTestId('language-get').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('language-model').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
    await Promise.all([browser.close(), server.close()]);
    await engine.close();
  }, 60_000);
});

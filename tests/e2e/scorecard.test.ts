import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Decision, Recalled } from '../../shared/domain/index.ts';
import { axeViolations } from '../support/axe.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/engine.ts';
import { openJournalDatabase, storeDecisions, storedDecision } from '../support/journal.ts';
import { row, watched } from '../support/page.ts';
import { type ServerProcess, startServerProcess } from '../support/server.ts';
import { storeSettled } from '../unit/decision/support.ts';

const executable = findBrowser();
const SHOTS = 'tests/e2e/screenshots';
const textOf = async (page: Page, id: string) => (await page.getByTestId(id).first().textContent()) ?? '';

const judged: Partial<Decision> = {
  pCorrect: {
    ...{ state: 'calibrated', value: 0.541, low: 0.482, high: 0.599, n: 240, replayed: 200, baseRate: 0.517 },
    ...{ side: 'long', rule: 'trend', version: 'c-0123456789abcdef' },
    sentence:
      'A long like this won in 54.1 % (95 % interval 48.2 to 59.9 %) of 240 settled decisions, 200 of them replayed; any long in 51.7 %.',
  },
  trackRecord: {
    ...{ side: 'long', n: 50, hits: 27, rate: 0.54, low: 0.404, high: 0.67, baseRate: 0.52 },
    sentence: 'Of the 50 most similar past setups 27 won as a long (54 %).',
  },
  edge: {
    ...{ gate: 'warn', breakEven: 0.49, n: 80, exceeds: false, size: 0 },
    sentence:
      'No edge is shown: the lower bound of P(correct), 48.2 %, does not exceed the 49.0 % needed to break even.',
  },
};

/** A decision as of 2012-12-31 whose second round recalled setups; the bundled bars go on after it. */
function refined(): Decision {
  const made = storedDecision(judged);
  const [round] = made.rounds;
  const setup = (symbol: string, won: Recalled['won']): Recalled => ({
    ...{
      decisionId: storedDecision().id,
      symbol,
      asOf: '2011-05-02T20:00:00.000Z',
      distance: 1.25,
      regime: 'trending',
      won,
    },
  });
  const recalled = [setup('IBM', { long: true, short: false }), setup('MSFT', null)];
  const look = { ...round!.added[0]!, kind: 'memory' as const, recalled };
  const window = { ...made.window, start: '2012-09-28T00:00:00.000Z', end: '2012-12-31T00:00:00.000Z' };
  return {
    ...made,
    window,
    rounds: [round!, { ...round!, round: 1, added: [look], sentence: 'Round 1 added a look.' }],
  };
}

describe.skipIf(executable === null)('what decisions came to, in a real browser', () => {
  const dataDir = temporaryFolder('scorecard');
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    storeDecisions(dataDir, [refined()]);
    const database = openJournalDatabase(dataDir);
    storeSettled(database, 90, { p: 0.46, seed: 1 });
    storeSettled(database, 90, { p: 0.57, seed: 2, part: { symbol: 'IBM' } });
    const replayed = { symbol: 'MSFT', origin: 'replay', replayId: 'p-0123456789abcdef' } as const;
    storeSettled(database, 40, { p: 0.5, seed: 3, part: replayed });
    database.close();
    [server, browser] = await Promise.all([startServerProcess(dataDir), launchBrowser(executable!)]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function open(width: number, height: number, scheme: 'dark' | 'light', url = server.url) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    context.setDefaultTimeout(15_000);
    await context.addInitScript((name) => localStorage.setItem('mantine-color-scheme-value', name), scheme);
    return { context, ...(await watched(context, url)) };
  }

  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const)
    for (const scheme of ['dark', 'light'] as const) {
      const name = `${scheme}-${width}`;

      it(`shows the scorecard by a key, live and up to the clock unless more is asked for (${name})`, async () => {
        const { context, page, problems } = await open(width, height, scheme);
        await row(page, 'AAPL').waitFor();
        await page.keyboard.press('8');
        await page.getByText('No decision has settled yet.').waitFor();
        expect(await textOf(page, 'scorecard-panel')).toContain('1 decision is pending at the clock, 2012-12-31');
        await page.screenshot({ path: `${SHOTS}/scorecard-empty-${name}.png` });
        expect(await axeViolations(page)).toEqual([]);
        await page.getByTestId('scorecard-later').click();
        await page.getByTestId('scorecard-verdict').waitFor();
        expect(await textOf(page, 'scorecard-about')).toMatch(/^Live decisions alone, with every outcome known so far/);
        expect(await textOf(page, 'scorecard-verdict')).toMatch(
          /(No skill over|better than|worse than) the base rate.+n = 180/,
        );
        expect(await textOf(page, 'scorecard-counts')).toMatch(/Settled181Pending0.+decided late1.+Counted180/);
        expect(await textOf(page, 'scorecard-late')).toMatch(
          /^Late: .+no forecast; a replay .+\u201cReplayed\u201d.+\u201cBoth, mixed\u201d/,
        );
        expect(await textOf(page, 'scorecard-spread')).toMatch(/^0\.05\d\d \(46\.0 % to 57\.0 %\)/);
        expect(await textOf(page, 'scorecard-hits')).toMatch(
          /Positions taken\d+\.\d % of 180 \(\d+ % to \d+ %\)Always long/,
        );
        expect(await textOf(page, 'scorecard-by-action')).toMatch(/long.+short/);
        await page.getByRole('img', { name: /^Reliability of P\(correct\)\. / }).waitFor();
        await page.screenshot({ path: `${SHOTS}/scorecard-${name}.png` });
        expect(await axeViolations(page)).toEqual([]);
        await page.getByText('Replayed', { exact: true }).first().click();
        await page.getByText(/^Replayed decisions alone/).waitFor();
        await page.getByText(/The forecasts hardly differ/).waitFor();
        await page.getByText('Both, mixed', { exact: true }).click();
        await page.getByText(/^Live and replayed decisions mixed/).waitFor();
        expect(problems).toEqual([]);
        await context.close();
      });

      it(`keeps C, P(correct) and track record apart, and tells what came after only when asked (${name})`, async () => {
        const { context, page, problems } = await open(width, height, scheme);
        await row(page, 'AAPL').click();
        await page
          .getByTestId('decision-pcorrect')
          .getByText(/54\.1 %.+200 of them replayed/)
          .waitFor();
        expect(await textOf(page, 'decision-p')).toMatch(/^54\.1/);
        expect(await textOf(page, 'decision-confidence')).toBe('0.50');
        expect(await textOf(page, 'decision-track')).toContain('27 won as a long');
        expect(await textOf(page, 'decision-edge')).toContain('No edge is shown');
        expect(await textOf(page, 'recalled-setups')).toMatch(
          /IBM2011-05-02Trending1\.25a long won.*MSFT.+not known then/,
        );
        await page.getByTestId('outcome-reveal').waitFor();
        expect(await textOf(page, 'decision-outcome')).not.toMatch(/Win|Loss|Flat/);
        await page.screenshot({ path: `${SHOTS}/decision-judged-${name}.png` });
        expect(await axeViolations(page)).toEqual([]);
        await page.getByTestId('outcome-reveal').click();
        await page.getByTestId('decision-outcome').getByTestId('outcome-mark').waitFor();
        expect(await textOf(page, 'decision-outcome')).toMatch(
          /(Win|Loss|Flat), lateEntry2013-01-02.+Exit2013-01-2\d.+gross/,
        );
        await page.getByTestId('decision-outcome').scrollIntoViewIfNeeded();
        await page.screenshot({ path: `${SHOTS}/decision-outcome-${name}.png` });
        expect(problems).toEqual([]);
        await context.close();
      });

      it(`lists outcomes in the history, live ones apart from replayed (${name})`, async () => {
        const { context, page, problems } = await open(width, height, scheme);
        const count = (text: string) => page.getByTestId('history-count').getByText(text).waitFor();
        await count('1');
        await page.getByTestId('history-row').getByText('after the clock').waitFor();
        await page.getByTestId('history-panel').getByRole('switch').click({ force: true });
        await count('181');
        await page.getByTestId('history-panel').getByTestId('outcome-mark').first().waitFor();
        await page.getByLabel('Live or replayed decisions').first().selectOption('replay');
        await count('40');
        await page.getByTestId('history-row').first().getByText('replay').waitFor();
        await page.mouse.move(0, 0);
        await page.getByRole('tooltip').waitFor({ state: 'detached' });
        await page.screenshot({ path: `${SHOTS}/history-outcomes-${name}.png` });
        expect(await axeViolations(page)).toEqual([]);
        expect(problems).toEqual([]);
        await context.close();
      });
    }

  it('offers to replay the samples where nothing has settled, with the time left and a way to stop', async () => {
    const own = await startServerProcess();
    onTestFinished(() => own.stop());
    const { context, page, problems } = await open(1440, 900, 'dark', own.url);
    await page.keyboard.press('Control+K');
    await page.getByPlaceholder(/search/i).fill('Go to Scorecard');
    await page.keyboard.press('Enter');
    await page.getByText(/windows of \d+ symbols, about/).waitFor();
    await page.getByTestId('replay-samples').click();
    await page.getByTestId('replay-progress').waitFor();
    await page.getByTestId('replay-progress').getByText(/left$/).waitFor({ timeout: 60_000 });
    await page.screenshot({ path: `${SHOTS}/scorecard-replay.png` });
    expect(await axeViolations(page)).toEqual([]);
    await page.getByTestId('replay-cancel').click();
    await page.getByTestId('replay-progress').waitFor({ state: 'detached' });
    await page.getByText('The replay was stopped; it goes on where it was.').waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

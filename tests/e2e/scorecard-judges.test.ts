import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import type { Decision } from '../../shared/domain/index.ts';
import { axeViolations } from '../support/axe.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { temporaryFolder, testEngine } from '../support/engine.ts';
import { type FakeLlmServer, startFakeLlm } from '../support/fake-llm-server.ts';
import { openJournalDatabase, storedDecision } from '../support/journal.ts';
import { row, watched } from '../support/page.ts';
import { testServer } from '../support/transports.ts';
import { storeSettled } from '../unit/decision/support.ts';

const executable = findBrowser();
const SHOTS = path.join('tests', 'e2e', 'screenshots');
const ANSWER = JSON.stringify({
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action: 'long', thesis: 'It rises.' },
  ...{ evidenceFor: ['The closes.'], evidenceAgainst: ['The burst.'], invalidationPercent: -5 },
});

/** Decisions of both judges whose language model was behind a server and always said long. */
const BOTH: Partial<Decision> = {
  judge: 'llm',
  opinions: {
    numeric: { action: 'long', confidence: 0.9, sentence: '' },
    language: { action: 'long', confidence: 0.9, sentence: '' },
    sentence: 'Both judges say the same.',
    follows: null,
  },
  language: { model: 'phi-3.5-mini-instruct' } as NonNullable<Decision['language']>,
  provenance: {
    ...storedDecision().provenance,
    promptHashes: { research: 'b'.repeat(64), support: 'c'.repeat(64) },
  },
};

describe.skipIf(executable === null)('the scorecard of each judge, in a real browser', () => {
  let llm: FakeLlmServer;
  let engine: Engine;
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    const dataDir = temporaryFolder('scorecard-judges');
    const database = openJournalDatabase(dataDir);
    storeSettled(database, 60, { p: 0.46, seed: 1 });
    storeSettled(database, 30, { p: 0.57, seed: 2, part: BOTH });
    database.close();
    llm = await startFakeLlm({ answers: [ANSWER], dripMs: 3 });
    const env = { BRAINNET_LOG: 'silent', MAX_REFINEMENTS: '0', LLM_BACKEND: 'local' };
    const own = { ...env, OLLAMA_BASE_URL: `${llm.address}/v1` };
    [engine, browser] = await Promise.all([testEngine({ dataDir, env: own }), launchBrowser(executable!)]);
    server = await testServer(engine.router, { page: pageFiles(path.join('out', 'renderer')) });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await engine?.close();
    llm?.stop();
  });

  for (const [scheme, width] of [
    ['dark', 1440],
    ['light', 1024],
  ] as const)
    it(`switches judges, says of a language model that it is untested, and tests it (${scheme})`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
      context.setDefaultTimeout(15_000);
      await context.addInitScript((name) => localStorage.setItem('mantine-color-scheme-value', name), scheme);
      const { page, problems } = await watched(context, server.url);
      await row(page, 'AAPL').waitFor();
      await page.keyboard.press('8');
      await page.getByTestId('scorecard-panel').getByRole('switch').click({ force: true });
      await page.getByTestId('scorecard-counts').getByText('60', { exact: true }).waitFor();
      expect(await page.getByTestId('leakage-badge').count()).toBe(0);

      await page.getByTestId('scorecard-judge').getByText('Combined').click();
      await page
        .getByTestId('scorecard-about')
        .getByText(/Both judges together/)
        .waitFor();
      const badge = page.getByTestId('leakage-badge');
      expect(await badge.textContent()).toContain(
        'Not tested for leakage: this model may remember these years (phi-3.5-mini-instruct, 30 decisions)',
      );
      await page.getByTestId('scorecard-judge').getByText('Language').click();
      await page
        .getByTestId('scorecard-verdict')
        .getByText(/own positions are counted/)
        .waitFor();
      expect(await badge.textContent()).toContain('Not tested for leakage');

      await page.getByLabel('Windows of the test').fill('6');
      await page
        .getByTestId('leakage-budget')
        .getByText(/^6 windows of the samples/)
        .waitFor();
      await page.getByTestId('leakage-start').click();
      await page
        .getByTestId('leakage-progress')
        .getByText(/[1-3] of 6 windows/)
        .waitFor();
      await page.getByTestId('leakage-panel').scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${SHOTS}/scorecard-leakage-${scheme}.png` });
      await page.getByTestId('leakage-cancel').click();
      await page.getByTestId('leakage-start').getByText('Go on with the test').waitFor();
      await page.getByTestId('leakage-start').click();
      await page
        .getByTestId('leakage-result')
        .getByText(/Of 6 windows the language model phi/)
        .waitFor();
      await page.mouse.move(0, 0);
      await page.screenshot({ path: `${SHOTS}/scorecard-judges-${scheme}.png` });
      expect(await axeViolations(page)).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    });
});

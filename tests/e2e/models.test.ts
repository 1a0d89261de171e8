import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { row, watched } from '../support/page.ts';
import { executable, pageStage, SHOTS } from '../support/stage.ts';

const card = JSON.parse(readFileSync('models/model-card.json', 'utf8'));

const textOf = async (page: Page, id: string) => (await page.getByTestId(id).textContent()) ?? '';

/** The regime probabilities of a window, asked beside the page. */
function regimeOf(page: Page, window: object): Promise<Record<string, number>> {
  const url = new URL('/api/analysis/reading', page.url()).href;
  return page.evaluate(
    async ([address, body]) => {
      const headers = { 'content-type': 'application/json' };
      return (await (await fetch(address, { method: 'POST', body, headers })).json()).reading.regime;
    },
    [url, JSON.stringify(window)] as const,
  );
}

describe.skipIf(executable === null)('what the network is worth, in a real browser', () => {
  const stage = pageStage({ colorScheme: 'dark' });

  it('shows on demand which bars moved the reading, by keyboard alone, and marks them on field and chart', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await row(page, 'AAPL').waitFor();
    await page.getByTestId('saliency-ask').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('saliency-strip').waitFor();
    expect(await textOf(page, 'saliency-sentence')).toMatch(
      /^(Without the \d+ bars of 20\d\d-|No pair of bars|No bars moved)/,
    );
    const strip = page.getByTestId('saliency-strip');
    await strip.focus();
    await page.keyboard.press('ArrowRight');
    expect(await textOf(page, 'saliency-readout')).toMatch(/^Without bars 1 and 2 /);
    await page.keyboard.press('ArrowRight');
    expect(await textOf(page, 'saliency-readout')).toMatch(/^Without bars 3 and 4 .+(falls|rises|stays)/);
    await strip.screenshot({ path: `${SHOTS}/saliency.png` });
    await page.screenshot({ path: `${SHOTS}/field.png` });
    expect(await axeViolations(page)).toEqual([]);
    await page.getByTestId('saliency-stop').click();
    await strip.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('puts the held-out hit rate beside each probability of a head with skill, and says where no skill was measured', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await page.getByTestId('head-regime').waitFor();
    const reading = await regimeOf(page, { symbol: 'AAPL', source: 'samples', asOf: '2012-12-31' });
    await row(page, 'AAPL').click();
    await page.getByTestId('head-regime').getByText('trending').waitFor();
    const lines = (await textOf(page, 'head-regime')).replaceAll('\u00a0', ' ');
    for (const [name, p] of Object.entries(reading)) {
      const bins = card.reliability.heads.regime[name] as { from: number; to: number; n: number; hitRate: number }[];
      const bin = bins.find(({ from, to }) => p >= from && (p < to || to === 1))!;
      const held = bin.n < 30 ? 'no held-out figure' : `of ${bin.n.toLocaleString('en-US')}`;
      expect(lines).toContain(held);
    }
    const direction = await textOf(page, 'head-direction');
    expect(direction).toContain('no skill measured');
    expect(direction).not.toContain('held out: right in');
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    [1440, 900, 'dark'],
    [1024, 700, 'light'],
  ] as const)('opens the Models panel from the palette at %i x %i, %s', async (width, height, scheme) => {
    const own = await stage.browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    await own.addInitScript((name) => localStorage.setItem('mantine-color-scheme-value', name), scheme);
    const { page, problems } = await watched(own, stage.server.url);
    await row(page, 'AAPL').waitFor();
    await page.keyboard.press('Control+K');
    await page.getByPlaceholder(/search/i).fill('Go to Models');
    await page.keyboard.press('Enter');
    await page.getByTestId('model-head-regime').waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-panel') === 'models');
    const panel = await textOf(page, 'models-panel');
    for (const said of [card.trainedThrough, card.trainedSymbols.join(', '), card.calibratedOn, 'class prior']) {
      expect(panel).toContain(said);
    }
    expect(await textOf(page, 'model-head-direction')).toContain('no skill measured');
    expect(await textOf(page, 'comparison-regime')).toMatch(/1-D CNN/);
    expect(
      await page
        .getByTestId('model-head-regime')
        .getByRole('img', { name: /^Reliability of/ })
        .count(),
    ).toBe(4);
    expect(await textOf(page, 'language-model')).toMatch(/language model/i);
    await page
      .getByTestId('model-verified')
      .getByText(/^verified/)
      .waitFor({ timeout: 15_000 });
    expect(await axeViolations(page)).toEqual([]);
    await page.screenshot({ path: `${SHOTS}/models-${scheme}.png` });
    expect(problems).toEqual([]);
    await own.close();
  });
});

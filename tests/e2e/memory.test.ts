import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { row, watched } from '../support/page.ts';
import { executable, pageStage, SHOTS } from '../support/stage.ts';

const panel = (page: Page) => page.getByTestId('memory-panel');

describe.skipIf(executable === null)('the memory, in a real browser', () => {
  const stage = pageStage({ colorScheme: 'dark' });

  it('remembers notes, trades and patterns, finds them, carries them away and prunes only after a preview', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await row(page, 'AAPL').waitFor();
    await page.getByText('Memory', { exact: true }).first().click();
    await panel(page).getByText('Nothing is remembered yet').waitFor();
    await panel(page).getByText('No pattern yet').waitFor();

    await page.getByTestId('open-note').click();
    await page.getByTestId('memory-note').fill('Gaps fade by noon <b>not markup</b>');
    await page.getByTestId('memory-add-note').click();
    await page.getByTestId('memory-found').getByText('Gaps fade by noon <b>not markup</b>').waitFor();

    await page.getByTestId('open-pattern').click();
    await page.getByTestId('pattern-name').fill('Gap fade');
    await page.getByTestId('pattern-description').fill('A gap fades within the day');
    await page.getByTestId('pattern-add').click();
    await page.getByTestId('patterns').getByText('nothing settled yet').waitFor();

    await page.getByTestId('open-trade').click();
    const form = page.getByRole('form', { name: 'Log a trade' });
    await form.getByLabel('Symbol').fill('AAPL');
    await page.getByTestId('trade-entry').fill('100');
    await page.getByTestId('trade-exit').fill('101,5');
    await page.getByTestId('trade-pnl').fill('12');
    await form.getByLabel('Pattern').selectOption('Gap fade');
    await page.getByTestId('trade-log').click();
    await page.getByTestId('patterns').getByText('1 of 1, too few for a rate').waitFor();

    await page.getByTestId('memory-search').fill('noon "*');
    await page.getByTestId('memory-found').getByText('A gap fades within the day').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByTestId('memory-found').getByRole('listitem').count()).toBe(1);
    await page.getByTestId('memory-search').fill('absent');
    await panel(page).getByText('Nothing was found').waitFor();
    await page.getByTestId('memory-search').fill('');
    expect(await axeViolations(page)).toEqual([]);
    await page.screenshot({ path: `${SHOTS}/memory.png` });

    const saving = page.waitForEvent('download');
    await page.getByLabel('Save every memory').click();
    const lines = readFileSync(await (await saving).path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).kind).sort()).toEqual(['note', 'pattern', 'trade']);

    await page.getByTestId('memory-prune').click();
    await page.getByLabel('Older than, in days').fill('0');
    expect(await page.getByTestId('prune-remove').isDisabled()).toBe(true);
    await page.getByTestId('prune-show').click();
    await page
      .getByTestId('prune-preview')
      .getByText(/1 memory would be removed and 2 stay/)
      .waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByTestId('prune-remove').click();
    await page.getByTestId('prune-preview').waitFor({ state: 'detached' });
    await page.getByTestId('memory-counts').getByText('2 written memories;').waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});

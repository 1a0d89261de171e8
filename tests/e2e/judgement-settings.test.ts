import { describe, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { row, watched } from '../support/page.ts';
import { executable, pageStage, SHOTS } from '../support/stage.ts';

describe.skipIf(executable === null)('the choice of how decisions are judged, in a real browser', () => {
  const stage = pageStage();

  it('says what each choice does, keeps it, and shows it again after a reload', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await row(page, 'AAPL').waitFor();
    const opened = async () => {
      await page.getByLabel('More actions').click();
      await page.getByTestId('judgement').click();
      await page.getByText('Such a position becomes a hold').waitFor();
    };
    await opened();
    expect(await page.getByTestId('edge-gate-warn').isChecked()).toBe(true);
    expect(await page.getByTestId('calibrate-on-both').isChecked()).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByTestId('edge-gate-enforce').click();
    await expect.poll(() => page.getByTestId('edge-gate-enforce').isChecked()).toBe(true);
    await page.getByTestId('calibrate-on-live').click();
    await expect.poll(() => page.getByTestId('calibrate-on-live').isChecked()).toBe(true);
    await page.screenshot({ path: `${SHOTS}/judgement.png` });
    await page.reload();
    await row(page, 'AAPL').waitFor();
    await opened();
    expect(await page.getByTestId('edge-gate-enforce').isChecked()).toBe(true);
    expect(await page.getByTestId('calibrate-on-live').isChecked()).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });
});

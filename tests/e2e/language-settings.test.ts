import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { type FakeLlmServer, startFakeLlm } from '../support/fake-llm-server.ts';
import { row, watched } from '../support/page.ts';
import { executable, pageStage, SHOTS } from '../support/stage.ts';

/** By keys alone. */
async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByPlaceholder(/search/i).fill('Language model settings');
  await page.keyboard.press('Enter');
  await page.getByTestId('language-standing').waitFor();
}

describe.skipIf(executable === null)('the settings of the language model on the page', () => {
  /** As a user sets it before the start; the server's process inherits it. */
  Object.assign(process.env, { LLM_BUDGET_SECONDS: '30', BLIND_MODE: 'off' });
  const stage = pageStage();
  let llm: FakeLlmServer;
  beforeAll(async () => {
    llm = await startFakeLlm({ models: ['tiny-llama', 'phi-3.5-mini'] });
  });
  afterAll(() => {
    llm?.stop();
    delete process.env.LLM_BUDGET_SECONDS;
    delete process.env.BLIND_MODE;
  });

  it.each([
    ['dark', 1440, 900],
    ['light', 1440, 900],
    ['dark', 1024, 700],
    ['light', 1024, 700],
  ] as const)('are chosen, refused, tried and in force at once (%s, %i x %i)', async (scheme, width, height) => {
    const shot = `${SHOTS}/language-settings-${scheme}-${width}`;
    const context = await stage.browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    await context.addInitScript((name) => localStorage.setItem('mantine-color-scheme-value', name), scheme);
    const { page, problems } = await watched(context, stage.server.url);
    await row(page, 'AAPL').waitFor();
    await page.keyboard.press('7');
    await page.getByTestId('model-settings').scrollIntoViewIfNeeded();
    await page.getByTestId('language-model').screenshot({ path: `${shot}-0.png` });
    await openSettings(page);
    const field = (name: string) => page.getByTestId(name);
    const tried = () => page.getByTestId('language-tried').textContent();
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${shot}-1.png` });

    expect(await field('blind-off').isChecked()).toBe(true);
    expect(await field('blind-on').isDisabled()).toBe(true);
    expect(await field('LLM_BUDGET_SECONDS').getAttribute('readonly')).not.toBeNull();
    await page.getByText('LLM_BUDGET_SECONDS is 30, set by the environment').waitFor();

    await field('backend-local').focus();
    await page.keyboard.press('Space');
    await expect.poll(() => field('backend-local').isChecked()).toBe(true);
    await field('OLLAMA_BASE_URL').fill('localhost:1234');
    await page.keyboard.press('Enter');
    await page.getByText('OLLAMA_BASE_URL is localhost:1234, but it may be an http or https address').waitFor();
    await field('OLLAMA_BASE_URL').fill(llm.address);
    await page.keyboard.press('Enter');
    await page.getByText(`OLLAMA_BASE_URL is ${llm.address}, from the settings file.`).waitFor();
    await field('language-try').press('Enter');
    await expect.poll(tried).toBe(`In order. LLM_BACKEND is local: phi-3.5-mini at ${llm.address}/v1 answers.`);
    await field('OLLAMA_MODEL').fill('taken back');
    await page.keyboard.press('Escape');
    expect(await field('OLLAMA_MODEL').inputValue()).toBe('');
    await field('OLLAMA_MODEL').fill('mistral');
    await field('language-try').click();
    await expect
      .poll(tried)
      .toMatch(
        /no language model named mistral; it has: tiny-llama, phi-3\.5-mini; load it there, or name one of these with OLLAMA_MODEL\.$/,
      );
    await field('AGENT_TEMPERATURE').fill('3');
    await page.keyboard.press('Tab');
    await page.getByText('AGENT_TEMPERATURE is 3, but it may be a number from 0 to 2.').waitFor();
    await page.screenshot({ path: `${shot}-2.png` });
    expect(await axeViolations(page)).toEqual([]);

    await field('OLLAMA_BASE_URL').fill('https://models.example.com');
    await field('OLLAMA_BASE_URL').press('Enter');
    await page.getByText('OLLAMA_BASE_URL is https://models.example.com, from').waitFor();
    await field('language-try').click();
    await expect.poll(tried).toBe('https://models.example.com/v1 is on another machine, and has not been asked.');
    await field('language-try-online').waitFor();
    await field('AGENT_MAX_TOKENS').scrollIntoViewIfNeeded();
    await page.getByText('In force from the next symbol').scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${shot}-3.png` });

    for (const name of ['OLLAMA_BASE_URL', 'OLLAMA_MODEL']) {
      await field(name).fill('');
      await field(name).press('Enter');
    }
    await field('backend-none').click();
    await expect.poll(() => page.getByTestId('language-standing').textContent()).toMatch(/LLM_BACKEND is none/);
    await field('backend-embedded').click();
    await expect.poll(() => field('backend-embedded').isChecked()).toBe(true);
    expect(problems).toEqual([]);
    await context.close();
  });
});

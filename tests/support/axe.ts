import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Results {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** What axe finds wrong on the page as it stands, once a menu that opened a dialog has closed: the rule and the first element each. */
export async function axeViolations(page: Page): Promise<string[]> {
  if (await page.getByRole('dialog').count()) await page.locator('[data-menu-dropdown]').waitFor({ state: 'detached' });
  await page.evaluate(source);
  const results = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as Results;
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

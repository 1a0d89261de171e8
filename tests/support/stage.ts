import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { findBrowser, launchBrowser } from './browser.ts';
import { type ServerProcess, startServerProcess } from './server.ts';

/** Path of the browser that tests of the page use, or null where there is none. */
export const executable = findBrowser();

/** Where tests of the page leave their pictures; git ignores it. */
export const SHOTS = 'tests/e2e/screenshots';

export interface Stage {
  server: ServerProcess;
  browser: Browser;
  context: BrowserContext;
}

/** One server in a process of its own, one browser and one context, 1440 x 900, for all tests of a describe block. */
export function pageStage(options: BrowserContextOptions = {}): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [stage.server, stage.browser] = await Promise.all([startServerProcess(), launchBrowser(executable!)]);
    stage.context = await stage.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  });
  afterAll(async () => {
    await stage.browser?.close();
    await stage.server?.stop();
  });
  return stage;
}

import type { Page } from 'playwright-core';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { startServerProcess } from '../support/server.ts';
import { machine } from './machine.ts';

const SYMBOLS = 50;

declare global {
  interface Window {
    longTasks: number[];
    interactiveAt: number | null;
  }
}

/** Real Chromium on the server host: first byte to usable, and the longest task while 50 symbols are analyzed. */
export async function benchPage(): Promise<object> {
  const goal = { interactiveMs: 1500, longestTaskMs: 200 };
  const executable = findBrowser();
  if (executable === null) return { name: 'page', skipped: 'no Chromium, Chrome or Edge was found', goal };
  const server = await startServerProcess();
  const browser = await launchBrowser(executable);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(observe);
    await page.goto(server.url);
    await page.getByTestId('watchlist-row-AAPL').first().waitFor();
    await prepare(page);
    const loads: number[] = [];
    for (let load = 0; load < 5; load++) loads.push(await interactive(page));
    const longTasks = await analyze(page);
    const sorted = loads.toSorted((a, b) => a - b);
    return {
      name: 'page',
      symbols: SYMBOLS,
      interactiveMs: sorted[2],
      slowestMs: sorted[4],
      longestTaskMs: Math.max(0, ...longTasks),
      tasksOver50Ms: longTasks.length,
      goal,
      machine: machine(),
    };
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Runs in the page before its own scripts: notes long tasks, and when the analyze button could be pressed. */
function observe(): void {
  window.longTasks = [];
  window.interactiveAt = null;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    const button = document.querySelector<HTMLButtonElement>('[data-testid="analyze-button"]');
    const rows = document.querySelector('[data-testid^="watchlist-row-"]');
    if (button && !button.disabled && rows) window.interactiveAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** A list of 50: the 27 bundled instruments, and the candles again under names of their own. */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(async (total) => {
    const call = async (path: string, body: unknown) => {
      const response = await fetch(`/api/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
      return response.json();
    };
    const instruments: { symbol: string; source: string }[] = await (await fetch('/api/market/instruments')).json();
    const items = instruments.map(({ symbol, source }) => ({ symbol, source }));
    const series = await call('market/series', { symbol: 'IBM', source: 'samples', asOf: '2012-12-31' });
    const rows = series.time.map(
      (time: number, i: number) => `${new Date(time).toISOString().slice(0, 10)},${series.close[i]}`,
    );
    const content = ['Date,Close', ...rows].join('\n');
    for (let i = items.length; i < total; i++) {
      await call('market/importBars', { symbol: `COPY${i}`, interval: '1d', fileName: 'copy.csv', content });
      items.push({ symbol: `COPY${i}`, source: 'csv' });
    }
    await call('market/saveWatchlist', { name: 'samples', items, defaultAsOf: '2012-12-31' });
  }, SYMBOLS);
}

async function interactive(page: Page): Promise<number> {
  await page.reload();
  await page.waitForFunction(() => window.interactiveAt !== null);
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return window.interactiveAt! - navigation!.responseStart;
  });
}

/** Milliseconds of each task over 50 ms. */
async function analyze(page: Page): Promise<number[]> {
  await page.waitForTimeout(2000);
  await page.evaluate(() => {
    window.longTasks = [];
  });
  await page.getByTestId('analyze-button').click();
  await page.waitForFunction(
    async (total) => {
      const { runs } = await (await fetch('/api/system/snapshot')).json();
      return runs[0]?.status === 'done' && runs[0].total === total;
    },
    SYMBOLS,
    { polling: 500 },
  );
  await page.waitForTimeout(1000);
  return page.evaluate(() => window.longTasks);
}

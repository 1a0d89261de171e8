import type { BrowserContext, Page } from 'playwright-core';

export interface Watched {
  page: Page;
  /** Console errors and warnings, exceptions, and requests off the machine. */
  problems: string[];
}

/** Opens the page and waits until it can be used. */
export async function watched(context: BrowserContext, url: string): Promise<Watched> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    const local = protocol === 'data:' || protocol === 'blob:' || hostname === '127.0.0.1';
    if (!local) problems.push(`request off the machine: ${request.url()}`);
  });
  await page.goto(url);
  await page.getByTestId('analyze-button').waitFor();
  return { page, problems };
}

/** The line of a symbol in the watchlist. */
export const row = (page: Page, symbol: string) => page.getByTestId(`watchlist-row-${symbol}`).first();

/** The address of the contract over HTTP, for what a test wants to know beside the page. */
export const ask = <T>(page: Page, path: string): Promise<T> =>
  page.evaluate(async (address) => (await fetch(address)).json(), new URL(`/api/${path}`, page.url()).href);

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Path of a browser of the Chromium family on this machine, or null: BRAINNET_BROWSER, the PATH, usual places, playwright's own. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.BRAINNET_BROWSER !== undefined) return existsSync(env.BRAINNET_BROWSER) ? env.BRAINNET_BROWSER : null;
  const folders = (env.PATH ?? '').split(path.delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, ...FIXED, chromium.executablePath()].find((file) => file && existsSync(file)) ?? null;
}

/** Starts the browser headless, with everything switched off that would reach for the network. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet];
  return chromium.launch({ executablePath, headless: true, args });
}

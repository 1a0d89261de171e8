import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { callErrorData } from '../../shared/contract/errors.ts';
import { BrainnetError } from '../../shared/errors.ts';
import { defaultDataDir } from '../engine/platform/index.ts';
import { buildAll, isBuildNeeded } from './build-page.ts';
import { loadDotEnv } from './env.ts';
import { DESKTOP_ENTRY } from './paths.ts';
import { openBrowser } from './start/browser.ts';
import { whyNoDisplay } from './start/display.ts';
import { chooseWindow, runWindow } from './start/window.ts';

const say = (line: string) => console.error(line);

/** `npm start`: Electron's window where it can be had, else the same page on loopback, its address printed and opened. */
async function start(): Promise<void> {
  loadDotEnv();
  const { dataDir, port } = parse();
  if (isBuildNeeded())
    await buildAll(say).catch((error: Error) => say(`The page could not be built: ${error.message}`));
  const choice = await chooseWindow(say);
  let without = 'without' in choice ? choice.without : 'the window did not start';
  if ('binary' in choice && existsSync(DESKTOP_ENTRY)) {
    if (await runWindow(choice.binary, DESKTOP_ENTRY, { ...process.env, BRAINNET_DATA_DIR: dataDir })) return;
  } else if ('binary' in choice) without = 'the desktop entry is not built';
  say(`No window (${without}): the same page is served at the address below. Ctrl+C ends it.`);
  const { serve } = await import('./serve.ts');
  const served = await serve({ dataDir, port, host: '127.0.0.1', nextFreePort: true, warn: say });
  console.log(served.url);
  if (!whyNoDisplay() && !process.env.BRAINNET_NO_OPEN) openBrowser(served.ticketUrl());
  await served.interrupted();
}

function parse(): { dataDir: string; port: number } {
  try {
    const { values } = parseArgs({
      options: { 'data-dir': { type: 'string' }, port: { type: 'string', default: '8000' } },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is not a port`);
    const dataDir = values['data-dir'] || process.env.BRAINNET_DATA_DIR || defaultDataDir();
    return { dataDir: path.resolve(dataDir), port };
  } catch (error) {
    throw new BrainnetError('INVALID_INPUT', { problem: (error as Error).message.replace(/\.$/, '') });
  }
}

try {
  await start();
  process.exit(0);
} catch (error) {
  const { code, sentence } = callErrorData(error);
  say(`${code}: ${sentence}`);
  if (code === 'INTERNAL' && process.env.BRAINNET_LOG) console.error(error);
  process.exit(1);
}

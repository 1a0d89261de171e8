import { spawn } from 'node:child_process';
import { whyNoDisplay } from './display.ts';
import { findElectron } from './electron-binary.ts';
import { canBeHad, downloadElectron, downloadUrl } from './electron-download.ts';
import { progressLine } from './progress-line.ts';

export type WindowChoice = { binary: string } | { without: string };

/** The Electron binary to open a window with, fetched where it can be had; else, within 3 s, why there is none. */
export async function chooseWindow(say: (line: string) => void): Promise<WindowChoice> {
  const noDisplay = whyNoDisplay();
  if (noDisplay) return { without: noDisplay };
  const install = findElectron();
  if (!install) return { without: 'Electron is not installed' };
  if (install.binary) return { binary: install.binary };
  if (!(await canBeHad(downloadUrl(install.version)))) return { without: 'Electron cannot be downloaded here' };
  say('Fetching Electron, once:');
  try {
    await downloadElectron(install, progressLine('Electron'));
  } catch (error) {
    return { without: `Electron could not be downloaded (${(error as Error).message})` };
  }
  const binary = findElectron()?.binary;
  return binary ? { binary } : { without: 'Electron could not be unpacked' };
}

const STARTED_MS = 5000;

/** Runs the window until it ends; false where it could not start. Ctrl+C ends it within 2 s. */
export function runWindow(binary: string, entry: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(binary, [entry], { stdio: 'inherit', env });
    let stopping = false;
    const stop = () => {
      if (!stopping) setTimeout(() => child.kill('SIGKILL'), 1800).unref();
      stopping = true;
      child.kill('SIGTERM');
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    const end = (startedWell: boolean) => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve(startedWell);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(stopping || code === 0 || Date.now() - started > STARTED_MS));
  });
}

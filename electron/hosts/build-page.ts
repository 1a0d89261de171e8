import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../engine/platform/index.ts';
import { newestChange } from './newest.ts';
import { DESKTOP_ENTRY, PAGE_FOLDER } from './paths.ts';

const SOURCES = ['shared', 'electron', 'renderer', 'electron.vite.config.ts', 'package.json'];

const inRoot = (...names: string[]) => path.join(packageRoot(), ...names);
const stamp = () => inRoot('out', '.built');
const pageConfig = () => inRoot('renderer', 'vite.config.ts');

/** True where the page and the tools to build it are here: an install as a dependency brings neither. */
export function canBuild(): boolean {
  return existsSync(pageConfig()) && existsSync(inRoot('node_modules', 'vite', 'package.json'));
}

/** True where a build is possible and the last one is missing or older than a source. */
export function isBuildNeeded(): boolean {
  if (!canBuild()) return false;
  const built = [path.join(PAGE_FOLDER, 'index.html'), DESKTOP_ENTRY, stamp()].every(existsSync);
  return !built || newestChange(SOURCES.map((name) => inRoot(name))) > newestChange([stamp()]);
}

/** Builds the page, then the desktop's main process, engine process and preload, into out/. */
export async function buildAll(say: (line: string) => void): Promise<void> {
  const started = Date.now();
  say('Building the page and the desktop entry (once after each change) ...');
  const vite = await import('vite');
  await vite.build({ configFile: pageConfig(), root: inRoot('renderer'), logLevel: 'warn' });
  const { build } = await import('electron-vite');
  await build({ configFile: inRoot('electron.vite.config.ts'), root: packageRoot(), logLevel: 'error' });
  mkdirSync(path.dirname(stamp()), { recursive: true });
  writeFileSync(stamp(), new Date(started).toISOString());
  say(`Built in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

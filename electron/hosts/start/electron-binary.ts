import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Electron as npm installed it: its package, and its binary where that has been fetched. */
export interface ElectronInstall {
  folder: string;
  version: string;
  binary: string | null;
}

/** Null where Electron is not installed at all (it is a development dependency). */
export function findElectron(env: NodeJS.ProcessEnv = process.env): ElectronInstall | null {
  let folder: string;
  try {
    folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
  return inspectElectron(folder, env);
}

/** Looks into one installation: `path.txt` names the binary under `dist`, whose `version` must be the package's. */
export function inspectElectron(folder: string, env: NodeJS.ProcessEnv = process.env): ElectronInstall {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist');
  const name = text(path.join(folder, 'path.txt'));
  const found = text(path.join(dist, 'version'))?.replace(/^v/, '');
  const binary = name === null ? null : path.join(dist, name);
  return { folder, version, binary: binary !== null && found === version && existsSync(binary) ? binary : null };
}

function text(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ElectronInstall } from './electron-binary.ts';

const RELEASES = 'https://github.com/electron/electron/releases/download/';
const PROBE_MS = 2500;
const STALL_MS = 30_000;

/** Where Electron's own install script would fetch the binary from, mirrors honoured. */
export function downloadUrl(version: string, env: NodeJS.ProcessEnv = process.env): string {
  const setting = (name: string) =>
    env[`npm_config_electron_${name}`] ??
    env[`NPM_CONFIG_ELECTRON_${name.toUpperCase()}`] ??
    env[`ELECTRON_${name.toUpperCase()}`];
  const base = setting('mirror') ?? RELEASES;
  const folder = (setting('custom_dir') ?? `v${version}`).replace('{{ version }}', version);
  const platform = env.npm_config_platform ?? process.platform;
  const file =
    setting('custom_filename') ?? `electron-v${version}-${platform}-${env.npm_config_arch ?? process.arch}.zip`;
  return `${base}${folder}/${file}`;
}

/** Asks for the head of `url`; false after 2.5 s, without a network, and where it is refused. */
export async function canBeHad(url: string, timeoutMs = PROBE_MS): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) });
    return response.ok;
  } catch {
    return false;
  }
}

interface Progress {
  transferred: number;
  total: number | null;
}

interface ElectronGet {
  downloadArtifact(details: object): Promise<string>;
}

/**
 * Fetches the binary into Electron's cache with progress, checked against the package's checksums, and lets Electron's own
 * install script unpack it. A download that stands still for 30 s is given up.
 */
export async function downloadElectron(
  install: ElectronInstall,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const require = createRequire(path.join(install.folder, 'package.json'));
  const { downloadArtifact } = (await import(pathToFileURL(require.resolve('@electron/get')).href)) as ElectronGet;
  const stalled = new AbortController();
  const giveUp = () => stalled.abort(new Error('the download stands still'));
  let timer = setTimeout(giveUp, STALL_MS);
  try {
    await downloadArtifact({
      version: install.version,
      artifactName: 'electron',
      platform: process.env.npm_config_platform ?? process.platform,
      arch: process.env.npm_config_arch ?? process.arch,
      checksums: JSON.parse(readFileSync(path.join(install.folder, 'checksums.json'), 'utf8')),
      cacheRoot: process.env.electron_config_cache,
      downloadOptions: {
        quiet: true,
        signal: stalled.signal,
        getProgressCallback: async (progress: Progress) => {
          clearTimeout(timer);
          timer = setTimeout(giveUp, STALL_MS);
          onProgress(progress);
        },
      },
    });
  } finally {
    clearTimeout(timer);
  }
  await unpack(install.folder);
}

function unpack(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(folder, 'install.js')], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`install.js ended with ${code}`))));
  });
}

import { spawn } from 'node:child_process';

/** Opens `url` in the default browser; that none opens is no error, the address has been printed. */
export function openBrowser(url: string, platform = process.platform): void {
  const [command, ...args] = opener(url, platform);
  const child = spawn(command!, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function opener(url: string, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

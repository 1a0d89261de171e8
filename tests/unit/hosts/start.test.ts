import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { whyNoDisplay } from '../../../electron/hosts/start/display.ts';
import { inspectElectron } from '../../../electron/hosts/start/electron-binary.ts';
import { canBeHad, downloadUrl } from '../../../electron/hosts/start/electron-download.ts';
import { runWindow } from '../../../electron/hosts/start/window.ts';
import { temporaryFolder } from '../../support/engine.ts';

test('no window is tried without a display, on a CI machine or in a remote shell', () => {
  expect(whyNoDisplay({}, 'linux')).toBe('there is no display');
  expect(whyNoDisplay({ DISPLAY: ':0' }, 'linux')).toBeNull();
  expect(whyNoDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBeNull();
  expect(whyNoDisplay({}, 'darwin')).toBeNull();
  expect(whyNoDisplay({ CI: 'true', DISPLAY: ':0' }, 'linux')).toBe('this is a CI machine');
  expect(whyNoDisplay({ SSH_CONNECTION: 'a b', DISPLAY: ':10' }, 'linux')).toBe('this is a remote shell');
});

describe('Electron’s binary', () => {
  const install = (dist: string | null, version = '45.4.1') => {
    const folder = temporaryFolder('electron');
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ version: '45.4.1' }));
    if (dist === null) return folder;
    mkdirSync(path.join(folder, 'dist'));
    writeFileSync(path.join(folder, 'dist', 'version'), version);
    writeFileSync(path.join(folder, 'path.txt'), 'electron');
    if (dist === 'whole') writeFileSync(path.join(folder, 'dist', 'electron'), '');
    return folder;
  };

  test('counts only when it is whole and of the installed version', () => {
    const whole = install('whole');
    expect(inspectElectron(whole, {}).binary).toBe(path.join(whole, 'dist', 'electron'));
    expect(inspectElectron(install(null), {}).binary).toBeNull();
    expect(inspectElectron(install('without binary'), {}).binary).toBeNull();
    expect(inspectElectron(install('whole', '44.0.0'), {}).binary).toBeNull();
  });

  test('is looked for where the install script would fetch it, mirrors honoured', () => {
    const file = `electron-v45.4.1-${process.platform}-${process.arch}.zip`;
    expect(downloadUrl('45.4.1', {})).toBe(`https://github.com/electron/electron/releases/download/v45.4.1/${file}`);
    const mirror = { ELECTRON_MIRROR: 'https://mirror.example/electron/', ELECTRON_CUSTOM_DIR: '{{ version }}' };
    expect(downloadUrl('45.4.1', mirror)).toBe(`https://mirror.example/electron/45.4.1/${file}`);
  });

  test('cannot be had where nothing answers, where it is refused, and where the answer does not come', async () => {
    const server = createServer((request, response) => {
      if (request.url !== '/silent') response.writeHead(request.url === '/there' ? 200 : 404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await canBeHad(`${base}/there`)).toBe(true);
    expect(await canBeHad(`${base}/missing`)).toBe(false);
    expect(await canBeHad(`${base}/silent`, 200)).toBe(false);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await canBeHad(`${base}/there`)).toBe(false);
  });

  test('a window that cannot start is told apart from one that was closed', async () => {
    const folder = temporaryFolder();
    const script = (code: number) => {
      const file = path.join(folder, `exit-${code}.cjs`);
      writeFileSync(file, `process.exit(${code})`);
      chmodSync(file, 0o700);
      return file;
    };
    expect(await runWindow(process.execPath, script(0), process.env)).toBe(true);
    expect(await runWindow(process.execPath, script(1), process.env)).toBe(false);
    expect(await runWindow(path.join(folder, 'none'), script(0), process.env)).toBe(false);
  });
});

test('npm start without a display serves the page on loopback, says why, and Ctrl+C ends it', async () => {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const args = ['electron/hosts/start.js', '--port', '0', '--data-dir', temporaryFolder()];
  const child = spawn(process.execPath, args, { env: { ...env, CI: '1' } });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const url = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  expect(said).toMatch(/No window \(this is a CI machine\): the same page is served/);
  expect(new URL(url).hostname).toBe('127.0.0.1');
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

import path from 'node:path';
import { app, type BrowserWindow, dialog, ipcMain, MessageChannelMain, protocol, session, shell } from 'electron';
import { defaultDataDir, packageRoot } from '../engine/platform/index.ts';
import { pageFiles } from '../hosts/page-files.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { startEngineHost } from './engine-host.ts';
import { isOwnSender } from './sender.ts';
import { applyContentsPolicy, applySessionPolicy } from './session-policy.ts';
import { openWindow } from './window.ts';

/** The desktop: one window, one engine process, one instance on a data folder. */
export async function runDesktop(): Promise<void> {
  const out = path.join(packageRoot(), 'out');
  const dataDir = path.resolve(process.env.BRAINNET_DATA_DIR || defaultDataDir());
  app.setName('Brainnet');
  app.setPath('userData', dataDir);
  app.setPath('sessionData', path.join(dataDir, 'window'));
  if (!app.requestSingleInstanceLock()) return app.quit();
  registerAppScheme(protocol);
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => applyContentsPolicy(contents, shell));

  await app.whenReady();
  applySessionPolicy(session.defaultSession);
  serveApp(protocol, pageFiles(path.join(out, 'renderer')));
  let window: BrowserWindow | undefined;
  const engine = startEngineHost({
    entry: path.join(out, 'main', 'engine-process.js'),
    dataDir,
    onReady: () => connect(),
    onFailed({ code, sentence }) {
      dialog.showErrorBox('Brainnet cannot start', `${sentence}\n\n${code}`);
      app.quit();
    },
  });
  const connect = () => {
    if (!window || window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    if (engine.connect(port1)) window.webContents.postMessage('brainnet:port', null, [port2]);
  };
  ipcMain.on('brainnet:connect', (event) => {
    if (isOwnSender(event)) connect();
  });
  const show = () => {
    window = openWindow(path.join(out, 'preload', 'preload.cjs'));
  };
  app.on('second-instance', () => (window?.isDestroyed() ? show() : window?.focus()));
  app.on('activate', () => window?.isDestroyed() && show());
  app.on('window-all-closed', () => process.platform === 'darwin' || app.quit());
  closeEngineFirst(engine.close);
  show();
}

/** Quitting waits until the engine has closed its databases. */
function closeEngineFirst(close: () => Promise<void>): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void close().finally(() => {
      closed = true;
      app.quit();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

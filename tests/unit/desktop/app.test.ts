import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { electronStandIn } from '../../support/electron-stand-in.ts';
import { temporaryFolder } from '../../support/engine.ts';

async function startDesktop(dataDir = temporaryFolder('desktop')) {
  vi.resetModules();
  const electron = electronStandIn();
  vi.doMock('electron', () => electron);
  process.env.BRAINNET_DATA_DIR = dataDir;
  const { runDesktop } = await import('../../../electron/desktop/app.ts');
  await runDesktop();
  return electron;
}

const connectFrom = (electron: ReturnType<typeof electronStandIn>, url: string) => {
  const mainFrame = { url };
  electron.ipcMain.emit('brainnet:connect', { senderFrame: mainFrame, sender: { mainFrame } });
};
const portsGiven = (electron: ReturnType<typeof electronStandIn>) =>
  electron.windows[0]!.webContents.postMessage.mock.calls.length;

test('the window is sandboxed, isolated and without Node, and shows the app’s own page', async () => {
  const { windows } = await startDesktop();
  expect(windows).toHaveLength(1);
  expect(windows[0]!.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(windows[0]!.loadURL.mock.calls).toEqual([['brainnet://app/']]);
});

test('a page gets a port when both it and the engine are ready, and only our own page', async () => {
  const electron = await startDesktop();
  connectFrom(electron, 'brainnet://app/');
  expect(portsGiven(electron)).toBe(0);
  electron.forks[0]!.emit('message', { type: 'ready' });
  expect(portsGiven(electron)).toBe(1);
  connectFrom(electron, 'https://evil.example/');
  expect(portsGiven(electron)).toBe(1);
  connectFrom(electron, 'brainnet://app/');
  expect(portsGiven(electron)).toBe(2);
  expect(electron.forks[0]!.sent.map(({ message }) => message)).toEqual([{ type: 'connect' }, { type: 'connect' }]);
});

test('an engine that crashes is started again and the page gets a fresh port', async () => {
  const electron = await startDesktop();
  electron.forks[0]!.emit('message', { type: 'ready' });
  electron.forks[0]!.exit();
  await expect.poll(() => electron.forks.length, { timeout: 5000 }).toBe(2);
  expect(electron.forks[1]!.args).toEqual(electron.forks[0]!.args);
  electron.forks[1]!.emit('message', { type: 'ready' });
  expect(portsGiven(electron)).toBe(2);
});

test('an engine that cannot run is told in its sentence, and not started again', async () => {
  const electron = await startDesktop();
  const error = { code: 'DATA_DIR_BUSY', sentence: 'Another Brainnet engine is using it.', details: {} };
  electron.forks[0]!.emit('message', { type: 'failed', error });
  electron.forks[0]!.exit();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(electron.forks).toHaveLength(1);
  expect(electron.dialog.showErrorBox.mock.calls[0]![1]).toContain(error.sentence);
  expect(electron.app.quit).toHaveBeenCalled();
});

test('quitting lets the engine close first', async () => {
  const electron = await startDesktop();
  electron.forks[0]!.emit('message', { type: 'ready' });
  const preventDefault = vi.fn();
  electron.app.emit('before-quit', { preventDefault });
  expect(preventDefault).toHaveBeenCalled();
  expect(electron.forks[0]!.sent.at(-1)!.message).toEqual({ type: 'close' });
  expect(electron.app.quit).not.toHaveBeenCalled();
  electron.forks[0]!.exit();
  await expect.poll(() => electron.app.quit.mock.calls.length).toBe(1);
});

test('a data folder may be given relative to where it was started', async () => {
  const folder = temporaryFolder('desktop');
  const electron = await startDesktop(path.relative('.', folder));
  expect(electron.app.setPath.mock.calls).toEqual([
    ['userData', folder],
    ['sessionData', path.join(folder, 'window')],
  ]);
  expect(electron.forks[0]!.args).toEqual(['--data-dir', folder]);
});

test('a second start shows the window, anew where it has been closed', async () => {
  const electron = await startDesktop();
  electron.app.emit('second-instance');
  expect(electron.windows[0]!.focus).toHaveBeenCalledTimes(1);
  electron.windows[0]!.isDestroyed = () => true;
  electron.windows[0]!.focus.mockImplementation(() => {
    throw new TypeError('Object has been destroyed');
  });
  electron.app.emit('second-instance');
  expect(electron.windows).toHaveLength(2);
});

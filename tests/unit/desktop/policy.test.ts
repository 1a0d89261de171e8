import { EventEmitter } from 'node:events';
import type { IpcMainEvent, Session, WebContents } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { APP_ORIGIN, registerAppScheme, serveApp } from '../../../electron/desktop/app-protocol.ts';
import { createBackoff } from '../../../electron/desktop/backoff.ts';
import { isOwnSender } from '../../../electron/desktop/sender.ts';
import { applyContentsPolicy, applySessionPolicy, isAppUrl } from '../../../electron/desktop/session-policy.ts';
import { trustedUrl } from '../../../electron/desktop/trusted-urls.ts';
import { pageFiles } from '../../../electron/hosts/page-files.ts';
import { electronStandIn } from '../../support/electron-stand-in.ts';
import { testPage } from '../../support/transports.ts';

const LOOKALIKES = [
  'https://app/',
  'brainnet://app.evil.example/',
  'brainnet://evil/',
  'brainnet://app@evil.example/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'about:blank',
  'not a url',
];

test('only the app’s own origin counts as ours', () => {
  expect(isAppUrl(`${APP_ORIGIN}/assets/x.js`)).toBe(true);
  for (const url of LOOKALIKES) expect([url, isAppUrl(url)]).toEqual([url, false]);
});

test('only https pages of trusted hosts may open in the user’s browser', () => {
  expect(trustedUrl('https://github.com/electron/electron')?.hostname).toBe('github.com');
  const refused = [
    'http://github.com/',
    'https://github.com.evil.example/',
    'https://user:pw@github.com/',
    'https://github.com:444/',
    'https://evil.example/?github.com',
    'file://github.com/',
    ...LOOKALIKES,
  ];
  for (const url of refused) expect([url, trustedUrl(url)]).toEqual([url, null]);
});

describe('the session', () => {
  const governed = () => {
    const defaults = electronStandIn().session.defaultSession;
    applySessionPolicy(defaults as unknown as Session);
    return defaults;
  };

  test('denies every permission that is not in the table, and those to other origins', () => {
    const defaults = governed();
    const ask = defaults.setPermissionRequestHandler.mock.calls[0]![0];
    const answer = (permission: string, requestingUrl: string) => {
      const reply = vi.fn();
      ask(null, permission, reply, { requestingUrl });
      return reply.mock.calls[0]![0];
    };
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'constructor',
      'unknown',
    ]) {
      expect([permission, answer(permission, `${APP_ORIGIN}/`)]).toEqual([permission, false]);
    }
    expect(answer('clipboard-sanitized-write', `${APP_ORIGIN}/`)).toBe(true);
    expect(answer('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    expect(defaults.setDevicePermissionHandler.mock.calls[0]![0]()).toBe(false);
  });

  test('lets no request leave the app', () => {
    const before = governed().webRequest.onBeforeRequest.mock.calls[0]![0];
    const cancelled = (url: string) => {
      const reply = vi.fn();
      before({ url }, reply);
      return reply.mock.calls[0]![0].cancel;
    };
    expect([`${APP_ORIGIN}/x.js`, 'blob:x', 'data:,x'].map(cancelled)).toEqual([false, false, false]);
    expect(['https://github.com/', 'http://127.0.0.1:8000/', 'file:///etc/passwd', 'ws://x/'].map(cancelled)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});

test('navigation and new windows are denied; a trusted address opens outside', () => {
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() });
  const openExternal = vi.fn(async () => {});
  applyContentsPolicy(contents as unknown as WebContents, { openExternal });
  const prevented = (event: string, url: string) => {
    const preventDefault = vi.fn();
    contents.emit(event, { url, preventDefault });
    return preventDefault.mock.calls.length === 1;
  };
  for (const url of LOOKALIKES) expect([url, prevented('will-navigate', url)]).toEqual([url, true]);
  expect(prevented('will-navigate', `${APP_ORIGIN}/`)).toBe(false);
  expect(prevented('will-attach-webview', '')).toBe(true);
  expect(prevented('will-redirect', `${APP_ORIGIN}/`)).toBe(true);
  const open = contents.setWindowOpenHandler.mock.calls[0]![0];
  expect(open({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
  expect(open({ url: 'https://github.com/x' })).toEqual({ action: 'deny' });
  expect(openExternal.mock.calls).toEqual([['https://github.com/x']]);
});

test('messages count only from the main frame of our own page', () => {
  const mainFrame = { url: `${APP_ORIGIN}/` };
  const event = (senderFrame: object | null, main: object = mainFrame) =>
    ({ senderFrame, sender: { mainFrame: main } }) as unknown as IpcMainEvent;
  expect(isOwnSender(event(mainFrame))).toBe(true);
  expect(isOwnSender(event({ url: `${APP_ORIGIN}/` }))).toBe(false);
  expect(isOwnSender(event(null))).toBe(false);
  const foreign = { url: 'https://evil.example/' };
  expect(isOwnSender(event(foreign, foreign))).toBe(false);
});

test('the app’s scheme serves the page with the server’s headers, and nothing else', async () => {
  const { protocol } = electronStandIn();
  registerAppScheme(protocol);
  expect(protocol.registerSchemesAsPrivileged.mock.calls[0]![0][0]).toMatchObject({
    scheme: 'brainnet',
    privileges: { standard: true, secure: true },
  });
  serveApp(protocol, pageFiles(testPage()));
  const handle = protocol.handle.mock.calls[0]![1] as (
    request: Request | { url: string; method: string },
  ) => Promise<Response>;
  const get = (url: string, method = 'GET') => handle({ url, method });
  const index = await get(`${APP_ORIGIN}/`);
  expect(index.status).toBe(200);
  expect(index.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /);
  expect(await index.text()).not.toContain('__CSP_NONCE__');
  expect((await get(`${APP_ORIGIN}/%2e%2e/package.json`)).status).toBe(404);
  expect((await get('brainnet://other/')).status).toBe(404);
  expect((await get(`${APP_ORIGIN}/`, 'POST')).status).toBe(404);
});

test('pauses between starts of a crashing engine double up to 30 s, and begin anew after a minute that held', () => {
  let now = 0;
  const backoff = createBackoff(() => now);
  expect(Array.from({ length: 8 }, () => backoff.next())).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
  backoff.started();
  now += 60_000;
  expect(backoff.next()).toBe(500);
});

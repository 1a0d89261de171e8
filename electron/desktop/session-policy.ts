import type { Session, Shell, WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';
import { trustedUrl } from './trusted-urls.ts';

/** Every permission the page may have; what is not listed is denied. */
export const PERMISSIONS: Readonly<Record<string, boolean>> = { 'clipboard-sanitized-write': true };

/** True for the app's own pages, by parsed origin. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && `${url.protocol}//${url.host}` === APP_ORIGIN;
}

/** Denies what the table does not allow, every device, every download, and all requests that leave the app. */
export function applySessionPolicy(session: Session): void {
  const allowed = (permission: string, url: string | undefined) =>
    PERMISSIONS[permission] === true && isAppUrl(url ?? '');
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(allowed(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLocalRequest(details.url) }));
}

function isLocalRequest(text: string): boolean {
  const protocol = URL.parse(text)?.protocol ?? '';
  return isAppUrl(text) || ['blob:', 'data:', 'devtools:'].includes(protocol);
}

/** Denies navigation, frames and new windows; a trusted https address opens in the user's browser instead. */
export function applyContentsPolicy(contents: WebContents, shell: Pick<Shell, 'openExternal'>): void {
  contents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const trusted = trustedUrl(url);
    if (trusted) void shell.openExternal(trusted.href);
    return { action: 'deny' };
  });
}

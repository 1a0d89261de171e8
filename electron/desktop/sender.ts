import type { IpcMainEvent } from 'electron';
import { isAppUrl } from './session-policy.ts';

/** True for a message of the app's own page in a window's main frame, and of no other frame or origin. */
export function isOwnSender(event: Pick<IpcMainEvent, 'senderFrame' | 'sender'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isAppUrl(frame.url);
}

import { notifications } from '@mantine/notifications';
import { createElement } from 'react';
import { UndoMessage } from '../components/index.ts';
import { attempt } from './commands.ts';

/** Tells what was done, with a way back. */
export function offerUndo(message: string, undo: () => Promise<unknown>): void {
  const id = crypto.randomUUID();
  const back = () => {
    notifications.hide(id);
    void attempt(undo);
  };
  notifications.show({ id, message: createElement(UndoMessage, { message, onUndo: back }), autoClose: 10_000 });
}

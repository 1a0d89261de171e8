import type { ErrorData } from '../../shared/errors.ts';

/** What the desktop's main process tells the engine process; `connect` carries one MessagePort. */
export type ToEngine = { type: 'connect' } | { type: 'close' };
/** What the engine process tells the main process. */
export type FromEngine = { type: 'ready' } | { type: 'failed'; error: ErrorData };

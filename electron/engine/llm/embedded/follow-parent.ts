import { Worker } from 'node:worker_threads';

const EVERY_MS = 1000;

/** Ends the process once its parent is gone: by then it has another one, but on Windows, where none has the number of the old. */
const WATCH = `
  const { workerData: parent } = require('node:worker_threads');
  const isGone = () => {
    if (process.ppid !== parent) return true;
    try { process.kill(parent, 0); return false; } catch (error) { return error.code === 'ESRCH'; }
  };
  setInterval(() => { if (isGone()) process.kill(process.pid, 'SIGKILL'); }, ${EVERY_MS});
`;

/** Ends this process soon after its parent, from a thread of its own: a chat template that does not end leaves ours no turn to notice. */
export function followParent(): void {
  const watch = new Worker(WATCH, { eval: true, workerData: process.ppid });
  watch.on('error', () => undefined);
  watch.unref();
}

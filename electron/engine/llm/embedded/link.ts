import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { BrainnetError, type ErrorData } from '../../../../shared/errors.ts';
import { printable } from '../../../../shared/printable.ts';
import { endOf, forkProcess, hold } from './fork-process.ts';
import type { FromProcess, Ready, Reply, Request, Start, ToProcess } from './messages.ts';

/** A process that has not stopped an aborted request by then hangs, and is ended. */
const STOP_LIMIT_MS = 60_000;

export interface AskOptions {
  signal?: AbortSignal;
  onToken?(text: string): void;
}

export interface Link {
  readonly ready: Ready;
  /** @throws LLM_FAILED (the process ended), CANCELLED (at once, whatever llama.cpp is at), and what the process answers */
  ask<K extends Request['kind']>(request: Extract<Request, { kind: K }>, options?: AskOptions): Promise<Reply[K]>;
  alive(): boolean;
  pid: number | undefined;
  end(): Promise<void>;
}

export interface LinkOptions {
  /** The load is given up after this, and the process ended. */
  limitMs: number;
  /** Ends the process, loading or not. */
  signal: AbortSignal;
  /** Is given what the process wrote to its error stream when it ends. */
  lastWords(text: string): void;
}

/**
 * Starts the process of llama.cpp and loads the file in it.
 * @throws LLM_UNLOADABLE, CLOSING
 */
export async function openLink(start: Start, { limitMs, signal, lastWords }: LinkOptions): Promise<Link> {
  if (signal.aborted) throw new BrainnetError('CLOSING');
  const child = forkProcess();
  let problem: BrainnetError | null = null;
  const ended = endOf(child, lastWords).then((why) => {
    problem = why;
    return why;
  });
  const end = async () => {
    hold(child, true);
    if (problem === null) child.kill('SIGKILL');
    await ended;
  };
  signal.addEventListener('abort', () => void end(), { once: true });
  tell(child, { kind: 'start', start });
  try {
    const ready = await readyOf(child, ended, limitMs);
    hold(child, false);
    const ask = asking(child, ended, () => problem, end);
    return { ready, pid: child.pid, alive: () => problem === null, end, ask };
  } catch (error) {
    await end();
    if (signal.aborted) throw new BrainnetError('CLOSING');
    throw unloadable(error, start.file);
  }
}

/** The next load of the same file would end alike, so another is what helps. */
function unloadable(error: unknown, file: string): unknown {
  if (!(error instanceof BrainnetError) || error.code !== 'LLM_FAILED') return error;
  return new BrainnetError('LLM_UNLOADABLE', { ...error.details, file: printable(path.basename(file)) });
}

function tell(child: ChildProcess, message: ToProcess): void {
  if (child.connected) child.send(message, () => {});
}

function readyOf(child: ChildProcess, ended: Promise<BrainnetError>, limitMs: number): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => settle(() => reject(tooLate(limitMs))), limitMs);
    const settle = (work: () => void) => {
      clearTimeout(late);
      child.off('message', onMessage);
      work();
    };
    const onMessage = (message: FromProcess) => {
      if (message.kind === 'ready') settle(() => resolve({ info: message.info, tuning: message.tuning }));
      if (message.kind === 'refused') settle(() => reject(errorOf(message.error)));
    };
    child.on('message', onMessage);
    void ended.then((why) => settle(() => reject(why)));
  });
}

interface Pending {
  settle(answer: Reply[keyof Reply] | BrainnetError): void;
  onToken?(text: string): void;
}

function asking(
  child: ChildProcess,
  ended: Promise<BrainnetError>,
  problem: () => BrainnetError | null,
  end: () => Promise<void>,
): Link['ask'] {
  const pending = new Map<number, Pending>();
  const stopping = new Map<number, NodeJS.Timeout>();
  let next = 0;

  child.on('message', (message: FromProcess) => {
    if (message.kind === 'ready' || message.kind === 'refused') return;
    const asked = pending.get(message.id);
    if (message.kind === 'token') return asked?.onToken?.(message.text);
    clearTimeout(stopping.get(message.id));
    stopping.delete(message.id);
    asked?.settle(message.kind === 'answer' ? message.reply : errorOf(message.error));
  });
  void ended.then((why) => {
    for (const timer of stopping.values()) clearTimeout(timer);
    for (const { settle } of pending.values()) settle(why);
  });

  return (request, { signal, onToken } = {}) =>
    new Promise((resolve, reject) => {
      const gone = problem();
      if (gone) return reject(gone);
      if (signal?.aborted) return reject(new BrainnetError('CANCELLED'));
      const id = next++;
      const abort = () => {
        tell(child, { kind: 'abort', id });
        stopping.set(id, setTimeout(() => void end(), STOP_LIMIT_MS).unref());
        settle(new BrainnetError('CANCELLED'));
      };
      const settle: Pending['settle'] = (answer) => {
        pending.delete(id);
        signal?.removeEventListener('abort', abort);
        if (pending.size === 0) hold(child, false);
        if (answer instanceof BrainnetError) reject(answer);
        else resolve(answer as Reply[typeof request.kind]);
      };
      pending.set(id, { settle, onToken });
      signal?.addEventListener('abort', abort, { once: true });
      hold(child, true);
      tell(child, { kind: 'ask', id, request });
    });
}

const tooLate = (limitMs: number) =>
  new BrainnetError('LLM_FAILED', { problem: `it was not ready within ${Math.round(limitMs / 1000)} seconds` });

const errorOf = ({ code, details }: ErrorData) => new BrainnetError(code, details);

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A Python script that answers each JSON line of its input with a JSON line. */
export interface Peer {
  ask<T>(request: object): Promise<T>;
  close(): void;
}

/**
 * Starts tests/bench/peers/<script> with the interpreter of PEER_PYTHON (default python3), warmed up and ready.
 * @returns null where the interpreter or a library it needs is not there
 */
export async function startPeer(script: string, ...args: string[]): Promise<Peer | null> {
  const file = path.join(import.meta.dirname, 'peers', script);
  const child = spawn(process.env.PEER_PYTHON ?? 'python3', [file, ...args]);
  const answers = answersOf(child);
  const { value: ready } = await answers.next();
  if (ready === undefined) return null;
  return {
    async ask<T>(request: object) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value } = await answers.next();
      if (value === undefined) throw new Error(`the peer ${script} ended`);
      return JSON.parse(value) as T;
    },
    close: () => void child.stdin.end(),
  };
}

function answersOf(child: ChildProcessWithoutNullStreams): AsyncIterator<string> {
  child.on('error', () => {}); // no such interpreter: the lines end
  child.stdin.on('error', () => {});
  child.stderr.resume();
  return createInterface({ input: child.stdout })[Symbol.asyncIterator]();
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { temporaryFolder } from './engine.ts';

export interface ServerProcess {
  /** The address with its token. */
  url: string;
  dataDir: string;
  child: ChildProcess;
  stop(): Promise<void>;
}

/** The real server in a process of its own, on a free port of loopback. */
export async function startServerProcess(dataDir = temporaryFolder('server')): Promise<ServerProcess> {
  const args = ['electron/hosts/cli/brainnet.js', 'server', '--port', '0', '--json', '--data-dir', dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const event = JSON.parse(line);
      if (event.type === 'listening') resolve(event.url);
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await closed;
  };
  return { url, dataDir, child, stop };
}

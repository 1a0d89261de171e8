import { spawn } from 'node:child_process';

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The lines of stdout, each parsed. Throws where one is not JSON. */
  lines(): Record<string, unknown>[];
}

/** The real command line in a process of its own. */
export const runCli = (
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  onLine?: (line: string, kill: () => void) => void,
): Promise<CliResult> => runScript('electron/hosts/cli/brainnet.js', args, env, onLine);

/** A program of the repository in a process of its own. */
export function runScript(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  onLine?: (line: string, kill: () => void) => void,
): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
      onLine?.(String(data), () => child.kill('SIGINT'));
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.once('close', (code) => resolve({ code, stdout, stderr, lines: () => parse(stdout) }));
  });
}

const parse = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

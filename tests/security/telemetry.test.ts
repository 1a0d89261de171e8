import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/engine.ts';

/** ONNX Runtime's telemetry shows by the session files that it writes to the temporary folder before it sends them. */
function filesLeftBy(args: readonly string[]): string[] {
  const base = temporaryFolder('telemetry');
  const temporary = path.join(base, 'tmp');
  mkdirSync(temporary);
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ORT_DISABLE_TELEMETRY: '' };
  const command = ['electron/hosts/cli/brainnet.js', ...args, '--data-dir', path.join(base, 'data')];
  const { status } = spawnSync(process.execPath, command, { env });
  expect(status).toBe(0);
  return readdirSync(temporary).filter((name) => /\.ses$|mat-debug|telemetry/i.test(name));
}

it('the network reads without its runtime preparing to report to its maker', () => {
  expect(filesLeftBy(['convnext', '--symbol', 'AAPL'])).toEqual([]);
});

it('doctor lists execution providers without it either', () => {
  expect(filesLeftBy(['doctor'])).toEqual([]);
});

/** `npm run test:faults`: the fault tests at their full length. */
import { spawnSync } from 'node:child_process';

const env = { ...process.env, FAULT_KILLS: process.env.FAULT_KILLS ?? '50' };
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'tests/faults'], {
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);

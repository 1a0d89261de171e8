import os from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Rooms whose tests set variables of the process, or look at what is loaded once a process. */
const ALONE = 'tests/unit/{desktop,llm}/**/*.test.ts';
/** The others take turns in two processes that stay, and share the modules loaded there. */
const SHARING = 'tests/unit/**/*.test.{ts,tsx}';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true },
    // Threads and processes that tests start compile the same modules hundreds of times.
    env: { NODE_COMPILE_CACHE: path.join(os.tmpdir(), 'brainnet-test-compile-cache') },
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ['tests/!(unit)/**/*.test.ts', ALONE] },
      },
      {
        extends: true,
        test: { name: 'sharing', include: [SHARING], exclude: [ALONE], isolate: false },
      },
    ],
  },
});

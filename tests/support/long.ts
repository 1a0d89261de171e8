/** `npm run test:faults` and `npm run test:fuzz`: suites of which `npm test` takes a sample, at their full length. */
import { spawnSync } from 'node:child_process';

const LENGTHS: Record<string, Record<string, string>> = {
  faults: { FAULT_KILLS: '50', RESUME_KILLS: '200', LLM_ANSWERS: '1000', LLM_HEAD_STEP: '23', WALKS: '200' },
  fuzz: { FUZZ_INPUTS: '200000' },
};

/** What a suite takes besides its own folder. */
const ALSO: Record<string, string[]> = {
  faults: [
    'tests/unit/llm/embedded',
    'tests/unit/orchestrator/language-tokens.test.ts',
    'tests/unit/decision/random-walk.test.ts',
  ],
};

const suite = process.argv[2] ?? '';
const env = { ...LENGTHS[suite], ...process.env };
const args = [
  'node_modules/vitest/vitest.mjs',
  'run',
  `tests/${suite}`,
  ...(ALSO[suite] ?? []),
  '--testTimeout=1800000',
];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
process.exit(status ?? 1);

/** `npm test`: types, lint, boundaries, every test; ends with the line "N passed, N failed, N skipped". */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findBrowser } from './browser.ts';

const bin = (name: string) => path.join('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

function step(title: string, command: string, args: readonly string[]): boolean {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return status === 0;
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

function tests(): { ok: boolean; report: Report | null } {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'brainnet-report-')), 'report.json');
  const ok = step('tests', bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  try {
    return { ok, report: JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    return { ok: false, report: null };
  }
}

const checks = [
  step('types', bin('tsc'), ['-p', '.']),
  step('lint and format', bin('biome'), ['check', '.']),
  step('import boundaries', bin('depcruise'), [
    '--config',
    '.dependency-cruiser.cjs',
    'shared',
    'electron',
    'renderer',
    'examples',
  ]),
  step('page', process.execPath, ['electron/hosts/build.js', '--if-needed']),
];
const { ok, report } = tests();
const skipped = (report?.testResults ?? []).flatMap((file) =>
  file.assertionResults.filter(({ status }) => status === 'skipped' || status === 'pending'),
);
for (const { fullName } of skipped) console.log(`SKIPPED: ${fullName}`);
const browserMissing = findBrowser() === null;
if (browserMissing)
  console.log(
    'SKIPPED LOUDLY: no Chrome, Chromium or Edge was found, so no test drove the page. Set BRAINNET_BROWSER to one.',
  );

const failedChecks = checks.filter((passed) => !passed).length;
const failed = (report?.numFailedTests ?? 1) + failedChecks + (!ok && report?.numFailedTests === 0 ? 1 : 0);
console.log(
  `\n${(report?.numPassedTests ?? 0) + checks.length - failedChecks} passed, ${failed} failed, ${skipped.length} skipped`,
);
const browserRequired = process.env.BRAINNET_REQUIRE_BROWSER === '1';
process.exit(failed > 0 || (browserRequired && browserMissing) ? 1 : 0);

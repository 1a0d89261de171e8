/** `npm test`: types, lint, boundaries, page, every test; ends with the line "N passed, N failed, N skipped". */
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

/** A script of package.json, which says what it runs. */
const script = (title: string, name: string) => step(title, process.execPath, ['--run', name]);

const checks = [
  script('types', 'types'),
  script('lint and format', 'lint'),
  script('import boundaries', 'boundaries'),
  step('page', process.execPath, ['electron/hosts/build.js', '--if-needed']),
];
const { ok, report } = tests();
const skipped = (report?.testResults ?? []).flatMap((file) =>
  file.assertionResults.filter(({ status }) => status === 'skipped' || status === 'pending'),
);
for (const { fullName } of skipped) console.log(`SKIPPED: ${fullName}`);
const browserMissing = findBrowser() === null;
const browserRequired = process.env.BRAINNET_REQUIRE_BROWSER === '1';
if (browserMissing) {
  const verdict = browserRequired ? 'FAILED (BRAINNET_REQUIRE_BROWSER=1)' : 'SKIPPED LOUDLY';
  const advice = 'Install one, or set BRAINNET_BROWSER to one.';
  console.log(`${verdict}: no Chrome, Chromium or Edge was found, so no test drove the page. ${advice}`);
}

const passedChecks = checks.filter((passed) => passed).length;
const silentFailure = !ok && report?.numFailedTests === 0;
const others = [checks.length - passedChecks, silentFailure ? 1 : 0, browserMissing && browserRequired ? 1 : 0];
const failed = others.reduce((sum, count) => sum + count, report?.numFailedTests ?? 1);
const passed = (report?.numPassedTests ?? 0) + passedChecks;
console.log(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exit(failed > 0 ? 1 : 0);

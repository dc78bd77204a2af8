/**
 * Adds up vitest's JSON reports and prints the closing line of `.ci/run`:
 * `N passed, N failed, N skipped`. Exits 1 when anything failed, a report is missing,
 * or a step failed although all its tests passed.
 */
import { existsSync, readFileSync } from 'node:fs';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

const [failedSteps = '0', ...files] = process.argv.slice(2);
const reports = files.map(read);
const passed = total((report) => report.numPassedTests);
const skipped = total((report) => report.numPendingTests + report.numTodoTests);
// A step can fail without a failing test (lint, a crashed worker): it still has to be counted.
const failed = Math.max(
  total((report) => report.numFailedTests),
  Number(failedSteps),
);

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function read(file: string): Report {
  if (!existsSync(file)) {
    console.error(`${file} was not written: its test run did not start`);
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

function total(count: (report: Report) => number): number {
  return reports.reduce((sum, report) => sum + count(report), 0);
}

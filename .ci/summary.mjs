// @ts-check
/* Adds up tests and steps, and prints the one line that closes a run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , folder = '.'] = process.argv;
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map(readReport);
const passed = sum('numPassedTests') + lines('passed');
const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites') + lines('failed');

console.log(`\n${passed} passed, ${failed} failed`);

/** @param {string} field */
function sum(field) {
  return reports.reduce((total, report) => total + (report[field] ?? 0), 0);
}

/** @param {string} name */
function lines(name) {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').length : 0;
}

/**
 * @param {string} name
 * @returns {Record<string, number>}
 */
function readReport(name) {
  /** @type {unknown} */
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return /** @type {Record<string, number>} */ (report);
}

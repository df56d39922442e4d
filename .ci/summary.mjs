// @ts-check
/* Names what failed, adds up tests and steps, and prints the one line that closes a run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * What is read of Jest's report.
 * @typedef {{
 *   numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number,
 *   testResults: { name: string, status: string, assertionResults: { fullName: string, status: string }[] }[]
 * }} Report
 */

const [, , folder = '.'] = process.argv;
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map(readReport);
const passed = sum('numPassedTests') + lines('passed');
const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites') + lines('failed');

console.log('');
for (const name of reports.flatMap(failuresOf)) console.log(`FAILED: ${name}`);
console.log(`${passed} passed, ${failed} failed`);

/** @param {'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites'} field */
function sum(field) {
  return reports.reduce((total, report) => total + report[field], 0);
}

/**
 * @param {Report} report
 * @returns {string[]}
 */
function failuresOf({ testResults }) {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      const file = relative('.', name);
      return failed.length === 0 ? [file] : failed.map(({ fullName }) => `${file} > ${fullName}`);
    });
}

/** @param {string} name */
function lines(name) {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').length : 0;
}

/**
 * @param {string} name
 * @returns {Report}
 */
function readReport(name) {
  /** @type {unknown} */
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return /** @type {Report} */ (report);
}

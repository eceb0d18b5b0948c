// What the reports of a test run say: counts, and what failed by name, so that the end of a long log tells it.
import { existsSync, readFileSync } from 'node:fs'

const FIRST_LINES = 12

/**
 * Reads the reports of vitest and Playwright that exist.
 *
 * @param {string} unitReport path of vitest's JSON report
 * @param {string} e2eReport path of Playwright's JSON report
 * @returns {{ passed: number, failed: number, skipped: number, failures: { name: string, message: string }[] }}
 */
export function readReports(unitReport, e2eReport) {
  const totals = { passed: 0, failed: 0, skipped: 0, failures: [] }
  const unit = read(unitReport)
  if (unit !== undefined) {
    totals.passed += unit.numPassedTests
    totals.failed += unit.numFailedTests
    totals.skipped += unit.numPendingTests + unit.numTodoTests
    for (const file of unit.testResults) totals.failures.push(...unitFailures(file))
  }
  const e2e = read(e2eReport)
  if (e2e !== undefined) {
    totals.passed += e2e.stats.expected
    totals.failed += e2e.stats.unexpected + e2e.stats.flaky
    totals.skipped += e2e.stats.skipped
    for (const suite of e2e.suites) totals.failures.push(...e2eFailures(suite))
  }
  return totals
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/** A file can fail without any of its tests: by a hook, or as it is loaded. */
function unitFailures(file) {
  const failures = file.assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => failure(`${file.name} › ${test.fullName}`, test.failureMessages?.join('\n')))
  if (failures.length === 0 && file.status === 'failed') failures.push(failure(file.name, file.message))
  return failures
}

function e2eFailures(suite) {
  const own = (suite.specs ?? [])
    .filter((spec) => !spec.ok)
    .map((spec) => {
      const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors ?? []))
      return failure(`${spec.file} › ${spec.title}`, errors.map((error) => error.message).join('\n'))
    })
  return [...own, ...(suite.suites ?? []).flatMap(e2eFailures)]
}

function failure(name, message) {
  return { name, message: (message ?? '').split('\n').slice(0, FIRST_LINES).join('\n') }
}

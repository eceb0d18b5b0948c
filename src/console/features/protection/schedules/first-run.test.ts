import { expect, it } from 'vitest'

import { asksForFirstRun } from './first-run.ts'

const lastBackup = { id: 7, status: 'failed', at: '2026-11-20T02:00:00Z' }

it('asks for the first run only of a schedule that never ran and that does not pause', () => {
  expect(asksForFirstRun({ lastBackup: null, paused: false })).toBe(true)
  expect(asksForFirstRun({ lastBackup: null, paused: true })).toBe(false)
  expect(asksForFirstRun({ lastBackup, paused: false })).toBe(false)
})

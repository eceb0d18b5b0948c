import { expect, it } from 'vitest'

import type { Schedule } from '#api/contract/schedules.ts'

import { checkFacts, retentionFacts, whatFacts, whenFacts, whereFacts } from './reading-words.ts'

const schedule: Schedule = {
  id: 1,
  name: 'Nightly',
  workspaceId: 2,
  workspaceName: 'Shop',
  branch: '',
  definitionOnly: false,
  files: true,
  targetId: 3,
  targetName: 'Off-site',
  encrypted: true,
  passwordProvenAt: null,
  passwordReminder: false,
  timing: { kind: 'daily', time: '02:00' },
  cron: '0 2 * * *',
  timeZone: 'Europe/Berlin',
  jitterSeconds: 0,
  runMissed: true,
  paused: false,
  retention: { last: 7, daily: 0, weekly: 4, monthly: 6 },
  verifyDays: 7,
  drillDays: null,
  nextRunAt: null,
  next: [],
  lastRunAt: null,
  lastBackup: null,
  token: null,
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
}
const values = (facts: { value: string }[]): string[] => facts.map(({ value }) => value)

it('tells everything that the form of a schedule sets, as text', () => {
  expect(values(whatFacts(schedule))).toEqual([
    'Everything. Tables with their rows, API groups and logic, stored files.',
    'The one that is live when it runs',
  ])
  expect(values(whenFacts(schedule, 'every day at 02:00 (Europe/Berlin)'))).toEqual([
    'every day at 02:00 (Europe/Berlin)',
    'Europe/Berlin',
    'is made up for once the server is back',
    'none',
  ])
  expect(values(whereFacts(schedule))).toEqual(['Off-site', 'Encrypted with a password'])
  expect(values(retentionFacts(schedule))).toEqual(['7', 'none', '4', '6'])
  expect(values(checkFacts(schedule))).toEqual(['every 7 days', 'never'])
})

it('tells what is riskier as it is', () => {
  const bare = { ...schedule, targetId: null, encrypted: false, definitionOnly: true, files: false, branch: 'dev' }
  expect(values(whatFacts(bare))).toEqual([expect.stringMatching(/^Definition only\. No rows/), 'dev'])
  expect(values(whereFacts(bare))).toEqual([
    expect.stringMatching(/^This server itself/),
    expect.stringMatching(/^Not encrypted/),
  ])
  expect(values(whenFacts({ ...bare, runMissed: false, jitterSeconds: 30 }, undefined))).toEqual([
    'at 0 2 * * *, as cron counts',
    'Europe/Berlin',
    'is left out',
    'up to 30 seconds',
  ])
  expect(values(checkFacts({ ...bare, verifyDays: null, drillDays: 1 }))).toEqual([
    'only right after writing',
    'every day',
  ])
})

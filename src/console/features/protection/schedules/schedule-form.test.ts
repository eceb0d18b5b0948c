import { describe, expect, it } from 'vitest'

import type { Schedule } from '#api/contract/schedules.ts'

import { fieldOf, formOf, newScheduleForm, saveOf, ScheduleForm, timingOf } from './schedule-form.ts'

const filled: ScheduleForm = {
  ...newScheduleForm('3'),
  timeZone: 'UTC',
  password: 'four words and more',
  repeat: 'four words and more',
}
const faults = (form: ScheduleForm): string[] =>
  (ScheduleForm.safeParse(form).error?.issues ?? []).map(({ path }) => path.join('.'))

const schedule: Schedule = {
  id: 7,
  name: 'Weekly',
  workspaceId: 1,
  workspaceName: 'Shop',
  branch: 'v2',
  definitionOnly: false,
  files: false,
  targetId: null,
  targetName: 'This server',
  encrypted: true,
  passwordProvenAt: null,
  passwordReminder: false,
  timing: { kind: 'weekly', weekdays: [0, 3], time: '03:30' },
  cron: '30 3 * * 0,3',
  timeZone: 'Asia/Tokyo',
  jitterSeconds: 90,
  runMissed: false,
  paused: true,
  retention: { last: 3, daily: 0, weekly: 2, monthly: 0 },
  verifyDays: null,
  drillDays: 14,
  nextRunAt: null,
  next: [],
  lastRunAt: null,
  lastBackup: null,
  token: null,
  createdAt: '2026-11-20T12:00:00Z',
  updatedAt: '2026-11-20T12:00:00Z',
}

describe('a new schedule', () => {
  it('needs nothing but a password, and says which field lacks what', () => {
    expect(faults(filled)).toEqual([])
    expect(faults(newScheduleForm('3'))).toEqual(['password'])
    expect(faults({ ...filled, repeat: 'four words' })).toEqual(['repeat'])
    expect(faults({ ...filled, kind: 'weekly', weekdays: [] })).toEqual(['weekdays'])
    expect(faults({ ...filled, kind: 'cron', cron: ' ' })).toEqual(['cron'])
    expect(faults({ ...filled, time: '24:00', verifyDays: 0 })).toEqual(['time', 'verifyDays'])
    expect(faults({ ...filled, last: 1_001 })).toEqual(['last'])
  })

  it('asks for no password that is not used', () => {
    expect(faults({ ...newScheduleForm(''), encryption: 'none' })).toEqual([])
    expect(saveOf({ ...filled, encryption: 'none' }, 1, false)).toMatchObject({ password: '' })
  })

  it('runs every night, encrypted, to the target that is there', () => {
    expect(saveOf(filled, 1, false)).toMatchObject({
      name: 'Nightly backup',
      workspaceId: 1,
      timing: { kind: 'daily', time: '02:00' },
      targetId: 3,
      password: 'four words and more',
      files: true,
      retention: { last: 7, daily: 7, weekly: 4, monthly: 6 },
    })
  })
})

it('minds no field that is out of sight', () => {
  expect(faults({ ...filled, kind: 'cron', time: '', minute: null, day: null })).toEqual([])
  expect(faults({ ...filled, verifies: false, verifyDays: null, drills: false, drillDays: null })).toEqual([])
})

describe('a schedule that is changed', () => {
  it('comes back as it was, and its password is not sent', () => {
    const { id: _id, workspaceName: _workspace, ...rest } = schedule
    const saved = saveOf(formOf(schedule), 1, true)
    expect(rest).toMatchObject(saved)
    expect(saved).not.toHaveProperty('password')
  })

  it('keeps its expression when the kind becomes cron', () => {
    expect(timingOf({ ...formOf(schedule), kind: 'cron' })).toEqual({ kind: 'cron', cron: '30 3 * * 0,3' })
  })
})

it('has no timing while its fields say none', () => {
  expect(timingOf({ ...filled, time: '' })).toBeUndefined()
  expect(timingOf({ ...filled, kind: 'weekly', weekdays: [] })).toBeUndefined()
})

it('finds the field that the server speaks of', () => {
  expect(['timing.cron', 'timeZone', 'retention.last', 'workspaceId'].map(fieldOf)).toEqual([
    'cron',
    'timeZone',
    'last',
    undefined,
  ])
})

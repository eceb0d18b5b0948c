import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'
import { DEFAULT_RETENTION, Retention, type SaveSchedule, type Schedule, Timing } from '#api/contract/schedules.ts'

import { formFaults, TIMING_KINDS, type TimingFields } from './schedule-faults.ts'
import { ownTimeZone } from './time-zones.ts'

const MONDAY = 1
const DEFAULT_VERIFY_DAYS = 7
const DEFAULT_DRILL_DAYS = 30

/** Emptied fields are null; whether that is wrong depends on the rest. */
const number = z.number().nullable()
const kept = z
  .number('Give a number; 0 = this rule keeps none')
  .int('A whole number')
  .min(0)
  .max(1_000, 'At most 1,000')

/** What the page holds: the fields of every kind of timing at once, so that trying another kind loses nothing. */
export const ScheduleForm = z
  .object({
    name: DisplayName,
    contents: z.enum(['everything', 'without_files', 'definition']),
    /** Empty = the branch that is live when it runs. */
    branch: z.string(),
    kind: z.enum(TIMING_KINDS),
    minute: number,
    time: z.string(),
    /** From 0 = Sunday. */
    weekdays: z.array(z.number().int()),
    day: number,
    cron: z.string().trim(),
    timeZone: z.string(),
    jitterSeconds: z.number('Give a number of seconds').int().min(0).max(3_600),
    runMissed: z.boolean(),
    /** Id as text; empty = the folder of the instance. */
    targetId: z.string(),
    encryption: z.enum(['keep', 'set', 'none']),
    password: z.string().max(1_000, 'At most 1,000 characters'),
    repeat: z.string(),
    last: kept,
    daily: kept,
    weekly: kept,
    monthly: kept,
    verifies: z.boolean(),
    verifyDays: number,
    drills: z.boolean(),
    drillDays: number,
  })
  .superRefine((form, context) => {
    for (const [path, message] of formFaults(form)) {
      context.addIssue({ code: 'custom', path: [path], message })
    }
  })
export type ScheduleForm = z.infer<typeof ScheduleForm>

/** What a new schedule begins with: every night, encrypted, to the target that is there. */
export function newScheduleForm(targetId: string): ScheduleForm {
  return {
    name: 'Nightly backup',
    contents: 'everything',
    branch: '',
    kind: 'daily',
    minute: 0,
    time: '02:00',
    weekdays: [MONDAY],
    day: 1,
    cron: '0 2 * * *',
    timeZone: ownTimeZone(),
    jitterSeconds: 0,
    runMissed: true,
    targetId,
    encryption: 'set',
    password: '',
    repeat: '',
    ...DEFAULT_RETENTION,
    verifies: true,
    verifyDays: DEFAULT_VERIFY_DAYS,
    drills: true,
    drillDays: DEFAULT_DRILL_DAYS,
  }
}

export function formOf(schedule: Schedule): ScheduleForm {
  const { timing, verifyDays, drillDays, targetId } = schedule
  const { name, branch, timeZone, jitterSeconds, runMissed } = schedule
  return {
    ...newScheduleForm(''),
    ...timing,
    cron: schedule.cron,
    ...schedule.retention,
    name,
    branch,
    timeZone,
    jitterSeconds,
    runMissed,
    contents: schedule.definitionOnly ? 'definition' : schedule.files ? 'everything' : 'without_files',
    targetId: targetId === null ? '' : String(targetId),
    encryption: schedule.encrypted ? 'keep' : 'none',
    verifies: verifyDays !== null,
    verifyDays: verifyDays ?? DEFAULT_VERIFY_DAYS,
    drills: drillDays !== null,
    drillDays: drillDays ?? DEFAULT_DRILL_DAYS,
  }
}

/** The timing that the fields say; nothing while they say none. */
export function timingOf(form: TimingFields): Timing | undefined {
  const { kind, minute, time, weekdays, day, cron } = form
  const written = {
    hourly: { minute },
    daily: { time },
    weekly: { weekdays, time },
    monthly: { day, time },
    cron: { cron },
  }
  return Timing.safeParse({ kind, ...written[kind] }).data
}

/** How many stay; nothing while a field is empty. */
export function retentionOf(form: Pick<ScheduleForm, keyof Retention>): Retention | undefined {
  const { last, daily, weekly, monthly } = form
  return Retention.safeParse({ last, daily, weekly, monthly }).data
}

/** What is sent; the password only where it is changed. Takes a form that was found valid. */
export function saveOf(form: ScheduleForm, workspaceId: number, paused: boolean): SaveSchedule {
  const { name, branch, timeZone, jitterSeconds, runMissed, contents, targetId, encryption } = form
  const timing = timingOf(form)
  const retention = retentionOf(form)
  if (timing === undefined || retention === undefined) throw new Error('The form was not checked before it was sent')
  return {
    name,
    workspaceId,
    branch,
    timing,
    timeZone,
    jitterSeconds,
    runMissed,
    paused,
    retention,
    definitionOnly: contents === 'definition',
    files: contents === 'everything',
    targetId: targetId === '' ? null : Number(targetId),
    ...(encryption === 'keep' ? {} : { password: encryption === 'set' ? form.password : '' }),
    verifyDays: form.verifies ? form.verifyDays : null,
    drillDays: form.drills ? form.drillDays : null,
  }
}

/** The server speaks of `timing.cron` where the form has `cron`. */
export function fieldOf(param: string): keyof ScheduleForm | undefined {
  const [field = ''] = param.replace(/^(timing|retention)\./, '').split('.')
  return field in ScheduleForm.shape ? (field as keyof ScheduleForm) : undefined
}

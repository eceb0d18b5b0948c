import { z } from 'zod'

import { BACKUP_CONTENTS, refuseFilesOfDefinition } from './backup-contents.ts'
import { endpoint, IdParam } from './endpoint.ts'
import { list } from './list.ts'
import { DisplayName } from './names.ts'

const Minute = z.number().int().min(0).max(59)
/** `02:00`, in the schedule's time zone. */
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 02:00')

/**
 * When it runs. Weekdays from 0 = Sunday; a day of the month beyond its end means its last day. A cron expression may
 * name every minute: a run that is due while the one before it has not ended is left out.
 */
export const Timing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hourly'), minute: Minute }),
  z.strictObject({ kind: z.literal('daily'), time: TimeOfDay }),
  z.strictObject({
    kind: z.literal('weekly'),
    weekdays: list(z.number().int().min(0).max(6)).min(1).max(7),
    time: TimeOfDay,
  }),
  z.strictObject({ kind: z.literal('monthly'), day: z.number().int().min(1).max(31), time: TimeOfDay }),
  z.strictObject({ kind: z.literal('cron'), cron: z.string().min(1).max(200) }),
])
export type Timing = z.infer<typeof Timing>

/**
 * How many good backups stay: the newest ones, and the newest of each day, week (from Monday) and month in the
 * schedule's time zone. A backup stays as long as one rule keeps it. All zero = all stay.
 */
export const Retention = z.strictObject({
  last: z.number().int().min(0).max(1_000).default(0),
  daily: z.number().int().min(0).max(1_000).default(0),
  weekly: z.number().int().min(0).max(1_000).default(0),
  monthly: z.number().int().min(0).max(1_000).default(0),
})
export type Retention = z.infer<typeof Retention>

/** What a schedule keeps where nothing else is said. */
export const DEFAULT_RETENTION: Retention = { last: 7, daily: 7, weekly: 4, monthly: 6 }

/**
 * A coming run. `skipped` = the local time does not exist that day (clocks go forward) and the run is at the next one
 * that does; `repeated` = the local time comes twice (clocks go back) and the run is at the first; `offset_changes` = the
 * first run after a change of the clocks. What runs every hour runs in each hour that passes, whatever the clocks do.
 */
export const ComingRun = z.object({
  at: z.iso.datetime(),
  /** `2026-03-29 03:00`, in the schedule's time zone. */
  local: z.string(),
  /** `+02:00` */
  offset: z.string(),
  note: z.enum(['skipped', 'repeated', 'offset_changes']).nullable(),
})
export type ComingRun = z.infer<typeof ComingRun>

/** A backup in the strip of what stays. `id` is null for a run that is still to come. `last_good` stays in any case. */
export const StripItem = z.object({
  id: z.number().int().nullable(),
  at: z.iso.datetime(),
  keptAs: z.array(z.enum(['last', 'daily', 'weekly', 'monthly', 'last_good', 'pinned'])),
})
export type StripItem = z.infer<typeof StripItem>

export const Schedule = z.object({
  id: z.number().int(),
  name: z.string(),
  workspaceId: z.number().int(),
  workspaceName: z.string(),
  /** Empty = the branch that is live when it runs. */
  branch: z.string(),
  definitionOnly: z.boolean(),
  files: z.boolean(),
  targetId: z.number().int().nullable(),
  targetName: z.string(),
  encrypted: z.boolean(),
  /** When somebody last typed the password and it was right; a reminder is due after 90 days. */
  passwordProvenAt: z.iso.datetime().nullable(),
  passwordReminder: z.boolean(),
  timing: Timing,
  /** The timing counts: for day 29 and 30 of a month the expression alone would leave out shorter months. */
  cron: z.string(),
  timeZone: z.string(),
  jitterSeconds: z.number().int(),
  runMissed: z.boolean(),
  paused: z.boolean(),
  retention: Retention,
  /** Days between verifications of the newest good backup; null = only after writing. */
  verifyDays: z.number().int().nullable(),
  /** Days between restore drills of the newest good backup; null = none. */
  drillDays: z.number().int().nullable(),
  /** With jitter; null while it is paused. */
  nextRunAt: z.iso.datetime().nullable(),
  /** The next five plain moments; none while it is paused. */
  next: z.array(ComingRun),
  lastRunAt: z.iso.datetime().nullable(),
  lastBackup: z.object({ id: z.number().int(), status: z.string(), at: z.iso.datetime() }).nullable(),
  /** Why it may not run now with the rights of whoever saved it last, in a sentence; null where it may. */
  refusal: z.string().nullable().optional(),
  /** The access token whose rights it runs with, where one saved it last; null = a person did. */
  token: z.object({ id: z.number().int(), name: z.string(), expiresAt: z.iso.datetime().nullable() }).nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Schedule = z.infer<typeof Schedule>

const TimeZone = z.string().min(1).max(100)

export const SaveSchedule = z
  .strictObject({
    name: DisplayName,
    /** Cannot be changed: its backups are of that workspace. */
    workspaceId: z.number().int().positive(),
    branch: z.string().max(200).default(''),
    ...BACKUP_CONTENTS,
    /** As in a backup that is asked for; who is limited to some workspaces can keep the one that is set. */
    targetId: z.number().int().positive().nullish(),
    /** Absent in a change = stays; empty = not encrypted. */
    password: z.string().max(1_000).optional(),
    timing: Timing,
    /** IANA, such as Europe/Berlin. */
    timeZone: TimeZone.default('UTC'),
    jitterSeconds: z.number().int().min(0).max(3_600).default(0),
    runMissed: z.boolean().default(true),
    paused: z.boolean().default(false),
    retention: Retention.default(DEFAULT_RETENTION),
    verifyDays: z.number().int().min(1).max(365).nullish(),
    drillDays: z.number().int().min(1).max(365).nullish(),
  })
  .superRefine(refuseFilesOfDefinition)
export type SaveSchedule = z.input<typeof SaveSchedule>

const ScheduleParams = z.object({ id: IdParam })

export const listSchedules = endpoint({
  id: 'scheduleList',
  method: 'GET',
  path: '/api:console/schedules',
  scope: 'instance:workspace:read',
  query: z.object({ workspaceId: IdParam.optional() }),
  reply: z.object({ items: z.array(Schedule) }),
})

export const getSchedule = endpoint({
  id: 'scheduleGet',
  method: 'GET',
  path: '/api:console/schedules/{id}',
  scope: 'instance:workspace:read',
  params: ScheduleParams,
  reply: Schedule,
})

export const createSchedule = endpoint({
  id: 'scheduleCreate',
  method: 'POST',
  path: '/api:console/schedules',
  scope: 'instance:workspace:create',
  changes: ['schedules'],
  body: SaveSchedule,
  reply: Schedule,
  status: 201,
})

/** A retention that keeps less than the one before deletes backups: that asks for `instance:workspace:delete` besides. */
export const updateSchedule = endpoint({
  id: 'scheduleUpdate',
  method: 'PUT',
  path: '/api:console/schedules/{id}',
  scope: 'instance:workspace:update',
  changes: ['schedules'],
  params: ScheduleParams,
  body: SaveSchedule,
  reply: Schedule,
})

/** Its backups stay, and no retention applies to them any more. */
export const deleteSchedule = endpoint({
  id: 'scheduleDelete',
  method: 'DELETE',
  path: '/api:console/schedules/{id}',
  scope: 'instance:workspace:delete',
  changes: ['schedules'],
  params: ScheduleParams,
  reply: z.null(),
})

/**
 * Runs it now, besides its times, with the caller's rights; 409 while a run of it has not ended, 429 while as many backups
 * of the workspace are under way as may.
 */
export const runSchedule = endpoint({
  id: 'scheduleRun',
  method: 'POST',
  path: '/api:console/schedules/{id}/run',
  scope: 'instance:workspace:read',
  changes: ['backups'],
  params: ScheduleParams,
  reply: z.object({ id: z.number().int(), status: z.string() }),
  status: 202,
})

export const pauseSchedule = endpoint({
  id: 'schedulePause',
  method: 'POST',
  path: '/api:console/schedules/{id}/pause',
  scope: 'instance:workspace:update',
  changes: ['schedules'],
  params: ScheduleParams,
  body: z.strictObject({ paused: z.boolean() }),
  reply: Schedule,
})

/**
 * Tells whether this is the password that the schedule encrypts with, and notes that somebody still knows it. A wrong one
 * is 403 with the field named; after five, 429.
 */
export const provePassword = endpoint({
  id: 'schedulePasswordProve',
  method: 'POST',
  path: '/api:console/schedules/{id}/prove-password',
  scope: 'instance:workspace:update',
  changes: ['schedules'],
  params: ScheduleParams,
  body: z.strictObject({ password: z.string().min(1).max(1_000) }),
  reply: Schedule,
})

/** What a timing and a retention mean, before they are saved. Writes nothing. */
export const previewSchedule = endpoint({
  id: 'schedulePreview',
  method: 'POST',
  path: '/api:console/schedules/preview',
  scope: 'instance:workspace:read',
  audited: false,
  body: z.strictObject({
    timing: Timing,
    timeZone: TimeZone.default('UTC'),
    /** Absent = the one that a schedule has by itself. */
    retention: Retention.optional(),
    /** The schedule whose backups are in the strip too. */
    scheduleId: z.number().int().positive().nullish(),
  }),
  reply: z.object({
    cron: z.string(),
    /** `every day at 02:00 (Europe/Berlin)` */
    words: z.string(),
    next: z.array(ComingRun),
    /**
     * What would lie there after a long time of good runs, newest first (`id` null); after that what lies there now of
     * the schedule's good runs, newest first, where an empty `keptAs` = goes at the next run.
     */
    strip: z.array(StripItem),
  }),
})

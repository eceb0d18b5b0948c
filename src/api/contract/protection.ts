import { z } from 'zod'

import { BackupStatus } from './backups.ts'
import { endpoint, IdParam } from './endpoint.ts'

/**
 * How well one workspace is protected. `unprotected` = no running schedule and no good backup; `failing` = the last run
 * failed or looks wrong, or a schedule may not run any more; `late` = the newest good backup is older than the schedule wants, or there is none yet;
 * `paused` = good backups, and all schedules pause; `unscheduled` = good backups, no schedule. Backups and schedules
 * without rows do not count: nobody could go back to the data with them.
 */
export const Protection = z.object({
  workspaceId: z.number().int(),
  workspaceName: z.string(),
  state: z.enum(['protected', 'late', 'failing', 'paused', 'unscheduled', 'unprotected']),
  /** The newest good backup: what a restore would bring back. */
  lastGood: z
    .object({
      id: z.number().int(),
      at: z.iso.datetime(),
      bytes: z.number().int(),
      rows: z.number().int(),
      verifiedAt: z.iso.datetime().nullable(),
      targetName: z.string(),
    })
    .nullable(),
  /** Seconds since the moment of its contents. */
  ageSeconds: z.number().int().nullable(),
  /** Longest time between two runs of a schedule, the shortest of all that run; null without one. Half an hour more is allowed. */
  wantedSeconds: z.number().int().nullable(),
  schedules: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      paused: z.boolean(),
      nextRunAt: z.iso.datetime().nullable(),
      /** Why it may not run now, in a sentence; null where it may, or pauses. */
      refusal: z.string().nullable().optional(),
    }),
  ),
  lastDrillAt: z.iso.datetime().nullable(),
  /** How long a restore takes, as the last drill or restore showed. */
  expectedRestoreMs: z.number().int().nullable(),
  /** What showed `expectedRestoreMs`, and when; null where nothing did. */
  restoreShown: z
    .object({ by: z.enum(['drill', 'restore']), at: z.iso.datetime() })
    .nullable()
    .optional(),
  /** Runs by day, oldest first, over the last 35 days, in UTC: the worst status of the day, `running`, `queued` and `cancelled` only where nothing ended by itself; days without one are left out. */
  calendar: z.array(z.object({ day: z.iso.date(), runs: z.number().int(), worst: BackupStatus })),
})
export type Protection = z.infer<typeof Protection>

/** Every workspace in reach, the worst protected first. */
export const listProtection = endpoint({
  id: 'protectionList',
  method: 'GET',
  path: '/api:console/protection',
  scope: 'instance:workspace:read',
  query: z.object({ workspaceId: IdParam.optional() }),
  reply: z.object({ items: z.array(Protection) }),
})

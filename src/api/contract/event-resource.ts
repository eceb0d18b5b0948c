import { z } from 'zod'

/** Resources whose lists live screens hold; the root of the query keys in `console/data`. */
export const EventResource = z.enum([
  'workspaces',
  'tables',
  'content',
  'api-groups',
  'constructs',
  'files',
  'tokens',
  'members',
  'backups',
  'restores',
  'targets',
  'schedules',
  'notifications',
])
export type EventResource = z.infer<typeof EventResource>

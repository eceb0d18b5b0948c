import type { Migration } from 'kysely/migration'

import * as createBase from './0001_create_base.ts'
import * as createConstructs from './0002_create_constructs.ts'
import * as createProtection from './0003_create_protection.ts'

/** Every migration in order. Forward only; a released one is never changed. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001_create_base': createBase,
  '0002_create_constructs': createConstructs,
  '0003_create_protection': createProtection,
}

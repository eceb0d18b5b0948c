import type { Migration } from 'kysely/migration'

import * as createBase from './0001_create_base.ts'
import * as createConstructs from './0002_create_constructs.ts'
import * as createProtection from './0003_create_protection.ts'
import * as restoreScope from './0004_restore_scope.ts'
import * as tokenLifecycle from './0005_token_lifecycle.ts'
import * as members from './0006_members.ts'
import * as signInMethods from './0007_sign_in_methods.ts'
import * as auditChain from './0008_audit_chain.ts'
import * as rateLimits from './0009_rate_limits.ts'
import * as makers from './0010_makers.ts'
import * as auditIntents from './0011_audit_intents.ts'
import * as recoveryLinks from './0012_recovery_links.ts'
import * as eventTickets from './0013_event_tickets.ts'
import * as signInPlaces from './0014_sign_in_places.ts'
import * as tokenReaders from './0015_token_readers.ts'

/** Every migration in order. Forward only; a released one is never changed. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001_create_base': createBase,
  '0002_create_constructs': createConstructs,
  '0003_create_protection': createProtection,
  '0004_restore_scope': restoreScope,
  '0005_token_lifecycle': tokenLifecycle,
  '0006_members': members,
  '0007_sign_in_methods': signInMethods,
  '0008_audit_chain': auditChain,
  '0009_rate_limits': rateLimits,
  '0010_makers': makers,
  '0011_audit_intents': auditIntents,
  '0012_recovery_links': recoveryLinks,
  '0013_event_tickets': eventTickets,
  '0014_sign_in_places': signInPlaces,
  '0015_token_readers': tokenReaders,
}

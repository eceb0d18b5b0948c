import * as account from '#api/contract/account.ts'
import * as addons from '#api/contract/addons.ts'
import * as apiGroups from '#api/contract/api-groups.ts'
import * as apis from '#api/contract/apis.ts'
import * as auditConsole from '#api/contract/audit-console.ts'
import * as auditLog from '#api/contract/audit-log.ts'
import * as backups from '#api/contract/backups.ts'
import * as content from '#api/contract/content.ts'
import * as context from '#api/contract/context.ts'
import * as diffs from '#api/contract/diffs.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import * as files from '#api/contract/files.ts'
import * as functions from '#api/contract/functions.ts'
import * as histories from '#api/contract/histories.ts'
import * as middleware from '#api/contract/middleware.ts'
import * as openapiDocuments from '#api/contract/openapi-documents.ts'
import * as protection from '#api/contract/protection.ts'
import * as realtimeChannels from '#api/contract/realtime-channels.ts'
import * as realtime from '#api/contract/realtime.ts'
import * as restores from '#api/contract/restores.ts'
import * as schedules from '#api/contract/schedules.ts'
import { hasScope, type ScopeKey, type Scopes } from '#api/contract/scopes.ts'
import * as tables from '#api/contract/tables.ts'
import * as targets from '#api/contract/targets.ts'
import * as tasks from '#api/contract/tasks.ts'
import * as transfer from '#api/contract/transfer.ts'
import * as triggers from '#api/contract/triggers.ts'
import * as typedColumns from '#api/contract/typed-columns.ts'
import * as typedIndexes from '#api/contract/typed-indexes.ts'
import * as uploads from '#api/contract/uploads.ts'
import * as workspaces from '#api/contract/workspaces.ts'

/** The parts of the contract that a token may call; session, setup, tokens and the like are for people. */
const MODULES = [
  account,
  addons,
  apiGroups,
  apis,
  auditLog,
  diffs,
  uploads,
  targets,
  schedules,
  protection,
  auditConsole,
  backups,
  content,
  context,
  files,
  functions,
  histories,
  middleware,
  openapiDocuments,
  realtime,
  realtimeChannels,
  restores,
  tables,
  tasks,
  transfer,
  triggers,
  typedColumns,
  typedIndexes,
  workspaces,
]

type Operation = Pick<Endpoint, 'id' | 'scope' | 'dataSource'>

function isOperation(value: unknown): value is Operation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'scope' in value &&
    'path' in value &&
    'dataSource' in value
  )
}

/** A module's operations, also those that it keeps together by kind: `functions.list`. */
export function operationsOf(module: object): Operation[] {
  return Object.values(module).flatMap((value: unknown) => {
    if (isOperation(value)) return [value]
    const isGroup = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    return isGroup ? Object.values(value).filter(isOperation) : []
  })
}

/** Every operation of the contract that some token could call. */
export const TOKEN_OPERATIONS: readonly Operation[] = MODULES.flatMap(operationsOf).filter(
  ({ scope }) => scope !== 'session' && scope !== 'public',
)

const isInReach = (operation: Operation, scopes: Scopes): boolean =>
  operation.scope === 'any' || hasScope(scopes, operation.scope as ScopeKey)

/** How many operations these scopes can call. */
export function countInReach(scopes: Scopes): number {
  return TOKEN_OPERATIONS.filter((operation) => isInReach(operation, scopes)).length
}

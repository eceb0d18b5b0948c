import * as account from '#api/contract/account.ts'
import * as apiGroups from '#api/contract/api-groups.ts'
import * as backups from '#api/contract/backups.ts'
import * as content from '#api/contract/content.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import * as restores from '#api/contract/restores.ts'
import { hasScope, type ScopeKey, type Scopes } from '#api/contract/scopes.ts'
import * as tables from '#api/contract/tables.ts'
import * as transfer from '#api/contract/transfer.ts'
import * as workspaces from '#api/contract/workspaces.ts'

/** The parts of the contract that a token may call; session, setup, tokens and the like are for people. */
const MODULES = [account, apiGroups, backups, content, restores, tables, transfer, workspaces]

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

/** Every operation of the contract that some token could call. */
export const TOKEN_OPERATIONS: readonly Operation[] = MODULES.flatMap((module) =>
  Object.values(module).filter(isOperation),
).filter(({ scope }) => scope !== 'session' && scope !== 'public')

const isInReach = (operation: Operation, scopes: Scopes): boolean =>
  operation.scope === 'any' || hasScope(scopes, operation.scope as ScopeKey)

/** How many operations these scopes can call. */
export function countInReach(scopes: Scopes): number {
  return TOKEN_OPERATIONS.filter((operation) => isInReach(operation, scopes)).length
}

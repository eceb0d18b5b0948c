import type { TokenDependant } from '#api/contract/tokens.ts'

import type { Db } from '../../db/connection.ts'
import type { Dependant, DependantSource } from './dependant-source.ts'
import type { Rights } from './rights.ts'
import { scopesBeyond, toScopes } from './rights.ts'
import { SCHEDULE_DEPENDANTS } from './schedule-dependants.ts'

/** Whatever in Metadeck runs with a token: a feature that stores a token's id has its line here. */
const SOURCES: readonly DependantSource[] = [SCHEDULE_DEPENDANTS]

/** All that run with one of these tokens. */
export async function listDependants(db: Db, tokenIds: readonly number[]): Promise<Dependant[]> {
  if (tokenIds.length === 0) return []
  const found: Dependant[] = []
  for (const source of SOURCES) found.push(...(await source.list(db, tokenIds)))
  return found
}

/** Hands all that can be moved to the token that takes another's place; answers what was moved and what stays behind. */
export async function moveDependants(
  trx: Db,
  from: number,
  to: number,
): Promise<{ moved: Dependant[]; left: Dependant[] }> {
  const [moved, left]: [Dependant[], Dependant[]] = [[], []]
  for (const source of SOURCES) {
    const found = await source.list(trx, [from])
    if (source.move === undefined) left.push(...found)
    else {
      await source.move(trx, from, to)
      moved.push(...found)
    }
  }
  return { moved, left }
}

/** True where a token with these rights would do for it. */
export function isServedBy(rights: Rights, { needs, workspace }: Dependant): boolean {
  const isInReach = workspace === null || rights.workspaces === 'all' || rights.workspaces.includes(workspace.id)
  return isInReach && scopesBeyond(toScopes(needs), rights.scopes).length === 0
}

/** As the contract shows it. */
export function presentDependant({ kind, id, name, workspace }: Dependant): TokenDependant {
  return { kind, id, name, workspace }
}

import type { TakenCanonical } from '#api/contract/restores.ts'

import type { ReadApiGroup } from '../../archive/read-contents.ts'
import { type Caller, reachesWorkspace } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { newCanonical } from '../../ids.ts'

/** A group that has a canonical which a restore would bring. */
interface Holder {
  canonical: string
  guid: string
  workspaceId: number
  workspace: string
}

/** Groups that a restore brings. */
export interface Incoming {
  apiGroups: readonly ReadApiGroup[]
  /** True where the other groups of the target stay; otherwise all those of its live branch are replaced. */
  isSome: boolean
}

/** What is chosen for canonicals that are taken. */
interface Choice {
  canonicals: 'new' | 'refuse'
  canonicalNames: Record<string, string>
}

/**
 * Groups of the archive whose canonical another group has and keeps; those of the live branch of the target are
 * replaced. The workspace is named to those who reach it.
 */
export async function findTaken(
  db: Db,
  caller: Caller,
  incoming: Incoming,
  targetId: number | null,
): Promise<TakenCanonical[]> {
  const { apiGroups } = incoming
  const wanted = apiGroups.map(({ canonical }) => canonical)
  const holders = await findHolders(db, wanted, incoming, targetId)
  const taken: TakenCanonical[] = []
  for (const group of apiGroups) {
    const holder = holderOf(group, group.canonical, holders, targetId)
    if (holder === undefined) continue
    taken.push({
      group: group.name,
      canonical: group.canonical,
      takenBy: reachesWorkspace(caller, holder.workspaceId) ? holder.workspace : 'another workspace',
      suggested: await freeCanonical(db),
    })
  }
  return taken
}

/** The same where some are chosen already, which `requireCanonicals` let through: `suggested` is the chosen one there. */
export async function findRenamed(
  db: Db,
  caller: Caller,
  incoming: Incoming,
  { canonicalNames }: Pick<Choice, 'canonicalNames'>,
  targetId: number | null,
): Promise<TakenCanonical[]> {
  const taken = await findTaken(db, caller, incoming, targetId)
  return taken.map((one) => ({ ...one, suggested: canonicalNames[one.canonical] ?? one.suggested }))
}

/** What the groups get, by the canonical in the archive. Where several have the same one, only an import can tell. */
export function newNames(taken: readonly TakenCanonical[]): Record<string, string> {
  const isAlone = ({ canonical }: TakenCanonical): boolean =>
    taken.filter((other) => other.canonical === canonical).length === 1
  return Object.fromEntries(taken.filter(isAlone).map(({ canonical, suggested }) => [canonical, suggested]))
}

/** Throws 400 for a chosen canonical that is taken or is of no group, and 409 for taken ones where they are refused. */
export async function requireCanonicals(
  db: Db,
  incoming: Incoming,
  { canonicals, canonicalNames }: Choice,
  targetId: number | null,
): Promise<void> {
  const { apiGroups } = incoming
  const wanted = apiGroups.map(({ canonical }) => canonicalNames[canonical] ?? canonical)
  const holders = await findHolders(db, wanted, incoming, targetId)
  for (const from of Object.keys(canonicalNames)) {
    if (apiGroups.some(({ canonical }) => canonical === from)) continue
    throw invalidInput(`canonicalNames.${from}`, `No API group of the backup has the canonical "${from}".`)
  }
  for (const [at, group] of apiGroups.entries()) {
    const to = wanted[at] ?? ''
    const isChosen = Object.hasOwn(canonicalNames, group.canonical)
    const isTaken = holderOf(group, to, holders, targetId) !== undefined || wanted.indexOf(to) < at
    if (!isTaken) continue
    if (isChosen) {
      throw invalidInput(`canonicalNames.${group.canonical}`, `The canonical "${to}" is taken. Choose another one.`)
    }
    if (canonicals === 'new') continue
    throw new AppError(
      'conflict',
      `The address "${to}" of the API group "${group.name}" is taken by another group. Choose another one for it, or let the restore choose.`,
      { payload: { reason: 'canonical_taken', group: group.name, canonical: to } },
    )
  }
}

async function findHolders(
  db: Db,
  canonicals: readonly string[],
  { apiGroups, isSome }: Incoming,
  targetId: number | null,
): Promise<Holder[]> {
  if (canonicals.length === 0) return []
  const rows = await db
    .selectFrom('api_group')
    .innerJoin('workspace', 'workspace.id', 'api_group.workspace_id')
    .innerJoin('branch', 'branch.id', 'api_group.branch_id')
    .where('api_group.canonical', 'in', canonicals)
    .select([
      'api_group.canonical',
      'api_group.guid',
      'api_group.name',
      'workspace.id as workspaceId',
      'workspace.name as workspace',
      'branch.live',
    ])
    .orderBy('api_group.id')
    .execute()
  const isReplaced = ({ name, guid }: { name: string; guid: string }): boolean =>
    !isSome || apiGroups.some((group) => group.guid === guid || group.name.toLowerCase() === name.toLowerCase())
  return rows.filter((row) => row.workspaceId !== targetId || !row.live || !isReplaced(row))
}

/** The same group in another branch of the target has the same canonical, and that is right. */
function holderOf(
  { guid }: ReadApiGroup,
  canonical: string,
  holders: readonly Holder[],
  targetId: number | null,
): Holder | undefined {
  return holders.find((one) => one.canonical === canonical && (one.workspaceId !== targetId || one.guid !== guid))
}

async function freeCanonical(db: Db): Promise<string> {
  for (;;) {
    const canonical = newCanonical()
    const taken = await db.selectFrom('api_group').select('id').where('canonical', '=', canonical).executeTakeFirst()
    if (taken === undefined) return canonical
  }
}

import type { ArchiveSummary } from '#api/contract/backups.ts'
import type { PreviewConstructs, PreviewFiles, RestorePreview } from '#api/contract/restores.ts'

import type { ReadApiGroup } from '../../archive/read-contents.ts'
import type { Db } from '../../db/connection.ts'
import { readBranch } from '../../db/workspace.ts'

type PreviewLogic = Pick<RestorePreview, 'apiGroups' | 'constructs' | 'files'>

interface ArchivedLogic {
  summary: ArchiveSummary
  apiGroups: readonly ReadApiGroup[]
}

/** What a restore would do to API groups, constructs and stored files. A workspace id of null is a new workspace. */
export async function previewLogic(
  db: Db,
  { summary, apiGroups: archived }: ArchivedLogic,
  workspaceId: number | null,
): Promise<PreviewLogic> {
  const inArchive = { constructs: summary.constructs, files: summary.includesFiles ? summary.files : null }
  if (workspaceId === null) {
    return {
      apiGroups: { added: summary.apiGroupNames, replaced: [], removed: [] },
      constructs: { inArchive: inArchive.constructs, now: 0, draftsNow: 0, inRemovedGroups: 0 },
      files: { inArchive: inArchive.files, now: 0 },
    }
  }
  // A restore goes into the live branch, whichever branch the archive holds.
  const { id: branchId } = await readBranch(db, workspaceId, '')
  const apiGroups = await previewGroups(db, archived, branchId)
  return {
    apiGroups,
    constructs: { inArchive: inArchive.constructs, ...(await countConstructs(db, branchId, apiGroups.removed)) },
    files: { inArchive: inArchive.files, now: await countFiles(db, workspaceId) },
  }
}

/** A group takes the place of the one with its guid, whatever that is called now, else of the one with its name. */
async function previewGroups(
  db: Db,
  archived: readonly ReadApiGroup[],
  branchId: number,
): Promise<RestorePreview['apiGroups']> {
  const rows = await db
    .selectFrom('api_group')
    .select(['name', 'guid'])
    .where('branch_id', '=', branchId)
    .orderBy('name')
    .execute()
  const free = new Set(rows)
  const replaced = new Set<ReadApiGroup>()
  const take = (isSame: (group: ReadApiGroup, row: { name: string; guid: string }) => boolean): void => {
    for (const group of archived.filter((one) => !replaced.has(one))) {
      const row = [...free].find((one) => isSame(group, one))
      if (row === undefined) continue
      free.delete(row)
      replaced.add(group)
    }
  }
  take((group, row) => group.guid !== '' && group.guid === row.guid)
  take((group, row) => group.name.toLowerCase() === row.name.toLowerCase())
  return {
    added: archived.filter((group) => !replaced.has(group)).map(({ name }) => name),
    replaced: [...replaced].map(({ name }) => name),
    removed: [...free].map(({ name }) => name),
  }
}

async function countConstructs(
  db: Db,
  branchId: number,
  removedGroups: readonly string[],
): Promise<Omit<PreviewConstructs, 'inArchive'>> {
  const rows = await db
    .selectFrom('construct')
    .leftJoin('api_group', 'api_group.id', 'construct.api_group_id')
    .where('construct.branch_id', '=', branchId)
    .select(({ fn, eb }) => [
      'api_group.name as group',
      fn.countAll<number>().as('now'),
      fn.count<number>(eb.ref('construct.draft')).as('drafts'),
    ])
    .groupBy('api_group.name')
    .execute()
  const removed = new Set(removedGroups)
  const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0)
  return {
    now: sum(rows.map(({ now }) => now)),
    draftsNow: sum(rows.map(({ drafts }) => drafts)),
    inRemovedGroups: sum(rows.map(({ group, now }) => (group !== null && removed.has(group) ? now : 0))),
  }
}

async function countFiles(db: Db, workspaceId: number): Promise<PreviewFiles['now']> {
  const { count } = await db
    .selectFrom('file')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return count
}

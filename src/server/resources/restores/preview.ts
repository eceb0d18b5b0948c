import { sql } from 'kysely'

import type { ArchiveSummary } from '#api/contract/backups.ts'
import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'

import { dependenciesOf } from '../../archive/choose-tables.ts'
import { summaryOf } from '../../archive/manifest.ts'
import { readDefinitions } from '../../archive/read-definitions.ts'
import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { schemaName } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { tableSql } from '../../tables/ddl.ts'
import { listDataSourceLabels, listDefinitions } from '../../tables/definition-store.ts'
import { explainDamage } from '../backups/explain-damage.ts'
import { openBackup } from '../backups/open-backup.ts'
import type { BackupRow } from '../backups/store.ts'
import { findTaken } from './canonicals.ts'
import { expectedMs } from './expected-time.ts'
import { previewChoices } from './preview-choices.ts'
import { previewLogic } from './preview-logic.ts'

type PreviewDeps = Pick<Deps, 'connection' | 'targets' | 'jobs' | 'vault' | 'hub' | 'now' | 'log'>

interface Question {
  backup: BackupRow
  password: string
  /** Null = a new workspace. */
  target: { id: number; name: string } | null
}

/**
 * What a restore of this backup would change. Reads the definitions of the archive, and nothing of its rows unless it was
 * never read before. Throws `wrong_password`, `bad_archive`.
 */
export async function previewRestore(
  deps: PreviewDeps,
  caller: Caller,
  { backup, password: given, target }: Question,
): Promise<RestorePreview> {
  const { db } = deps.connection
  const { manifest, contents } = await explainDamage(
    deps,
    { row: backup, password: given, isHasty: true },
    async () => {
      const opened = await openBackup(deps, backup, given)
      return { ...opened, contents: await readDefinitions(opened.source, opened.password, opened.manifest) }
    },
  )
  const summary = summaryOf(manifest)
  const targetId = target?.id ?? null
  return {
    summary,
    target,
    tables: await previewTables(db, summary, targetId),
    ...(await previewLogic(db, summary, targetId)),
    takenCanonicals: await findTaken(db, caller, { ...contents, isSome: false }, targetId),
    dependencies: dependenciesOf(contents.definitions),
    choices: await previewChoices(db, { manifest, contents }, targetId),
    expectedMs: await expectedMs(db, backup),
  }
}

async function previewTables(db: Db, summary: ArchiveSummary, workspaceId: number | null): Promise<PreviewTable[]> {
  const inArchive = new Map<string, { name: string; rows: number }>()
  for (const { name, rows } of summary.tables) {
    const before = inArchive.get(name.toLowerCase())?.rows ?? 0
    inArchive.set(name.toLowerCase(), { name, rows: before + rows })
  }
  const now =
    workspaceId === null ? new Map<string, { name: string; rows: number }>() : await countRows(db, workspaceId)
  const names = new Set([...inArchive.keys(), ...now.keys()])
  return [...names]
    .map((key): PreviewTable => {
      const archived = inArchive.get(key)
      const existing = now.get(key)
      return {
        name: archived?.name ?? existing?.name ?? key,
        effect: archived === undefined ? 'removed' : existing === undefined ? 'added' : 'replaced',
        rowsInArchive: archived === undefined || !summary.includesRows ? null : archived.rows,
        rowsNow: existing?.rows ?? null,
      }
    })
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** Exact counts over all data sources, by table name in lower case. */
async function countRows(db: Db, workspaceId: number): Promise<Map<string, { name: string; rows: number }>> {
  const labels = await listDataSourceLabels(db, workspaceId)
  const counts = new Map<string, { name: string; rows: number }>()
  for (const definition of await listDefinitions(db, workspaceId)) {
    let rows = 0
    for (const label of labels) {
      const table = tableSql(schemaName(workspaceId, label), definition)
      const counted = await sql<{ count: number }>`select count(*) as count from ${table}`.execute(db)
      rows += counted.rows[0]?.count ?? 0
    }
    counts.set(definition.name.toLowerCase(), { name: definition.name, rows })
  }
  return counts
}

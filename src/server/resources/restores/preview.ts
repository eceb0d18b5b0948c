import { sql } from 'kysely'

import type { ArchiveSummary } from '#api/contract/backups.ts'
import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'

import { provePassword } from '../../archive/envelope.ts'
import { summaryOf } from '../../archive/manifest.ts'
import { verifyArchive } from '../../archive/verify.ts'
import type { Db } from '../../db/connection.ts'
import { schemaName } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { tableSql } from '../../tables/ddl.ts'
import { listDataSourceLabels, listDefinitions } from '../../tables/definition-store.ts'
import { type BackupRow, storedObject, summaryIn, updateBackup } from '../backups/store.ts'
import { previewLogic } from './preview-logic.ts'

type PreviewDeps = Pick<Deps, 'connection' | 'targets' | 'hub' | 'now'>

/**
 * The summary of a backup, once its password is proven. One that is not known yet, of an archive that was uploaded
 * without its password, is read now and kept.
 */
export async function openSummary(
  { connection: { db }, targets, hub, now }: PreviewDeps,
  backup: BackupRow,
  password: string,
): Promise<ArchiveSummary> {
  const name = storedObject(backup)
  const storage = await targets.open(backup.target_id)
  const source = { open: async () => (await storage.read(name)).stream }
  const known = summaryIn(backup)
  if (known !== null) {
    if (backup.encrypted) await provePassword(source, password)
    return known
  }
  const { manifest } = await verifyArchive(source, password)
  const summary = summaryOf(manifest)
  await updateBackup(db, backup.id, {
    summary: JSON.stringify(summary),
    status: 'succeeded',
    verified_at: now(),
    rows: summary.rows,
    workspace_name: summary.workspace,
    branch: summary.branch,
    definition_only: !summary.includesRows,
    tables_done: manifest.counts.tables,
    tables_total: manifest.counts.tables,
  })
  await hub.publish(db, { type: 'changed', resource: 'backups', id: backup.id })
  return summary
}

/** What a restore of this archive into this workspace would change; null is a new workspace. */
export async function previewOf(
  db: Db,
  summary: ArchiveSummary,
  target: { id: number; name: string } | null,
): Promise<RestorePreview> {
  return {
    summary,
    target,
    tables: await previewTables(db, summary, target?.id ?? null),
    ...(await previewLogic(db, summary, target?.id ?? null)),
    takenCanonicals: [],
    dependencies: {},
    expectedMs: null,
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

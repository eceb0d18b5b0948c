import { sql } from 'kysely'

import type { ArchiveSummary } from '#api/contract/backups.ts'
import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'

import { dependenciesOf } from '../../archive/choose-tables.ts'
import { summaryOf } from '../../archive/manifest.ts'
import { findTable, missingColumns } from '../../archive/plan-merge.ts'
import type { ReadContents } from '../../archive/read-contents.ts'
import { readDefinitions } from '../../archive/read-definitions.ts'
import type { ReadDefinition } from '../../archive/table-text.ts'
import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { schemaName } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { tableSql } from '../../tables/ddl.ts'
import { listDataSourceLabels, listDefinitions } from '../../tables/definition-store.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import { explainDamage } from '../backups/explain-damage.ts'
import { openBackup } from '../backups/open-backup.ts'
import type { BackupRow } from '../backups/store.ts'
import { findTaken } from './canonicals.ts'
import { expectedMs } from './expected-time.ts'
import { previewChoices } from './preview-choices.ts'
import { previewLogic } from './preview-logic.ts'
import { findTakenFiles } from './taken-files.ts'

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
    tables: await previewTables(db, { summary, definitions: contents.definitions }, targetId),
    ...(await previewLogic(db, { summary, apiGroups: contents.apiGroups }, targetId)),
    takenCanonicals: await findTaken(db, caller, { ...contents, isSome: false }, targetId),
    takenFiles: await findTakenFiles(db, manifest, targetId),
    dependencies: dependenciesOf(contents.definitions),
    choices: await previewChoices(db, { manifest, contents }, targetId),
    expectedMs: await expectedMs(db, backup),
  }
}

interface Archived {
  summary: ArchiveSummary
  definitions: ReadContents['definitions']
}

async function previewTables(
  db: Db,
  { summary, definitions }: Archived,
  workspaceId: number | null,
): Promise<PreviewTable[]> {
  const inArchive = new Map<string, Counted>()
  for (const { name, rows } of summary.tables) {
    const before = inArchive.get(name.toLowerCase())?.rows ?? 0
    inArchive.set(name.toLowerCase(), { name, rows: before + rows })
  }
  const live = workspaceId === null ? [] : await listDefinitions(db, workspaceId)
  const now = workspaceId === null ? new Map<string, Counted>() : await countRows(db, workspaceId, live)
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
        ...lackedColumns(findTable(definitions, key), findTable(live, key)),
      }
    })
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** Columns whose values would have no place where rows are merged. */
function lackedColumns(
  archived: ReadDefinition | undefined,
  live: TableDefinition | undefined,
): Pick<PreviewTable, 'missingColumns'> {
  if (archived === undefined || live === undefined) return {}
  const columns = missingColumns(archived, live)
  return columns.length === 0 ? {} : { missingColumns: columns }
}

interface Counted {
  name: string
  rows: number
}

/** Exact counts over all data sources, by table name in lower case. */
async function countRows(
  db: Db,
  workspaceId: number,
  definitions: readonly TableDefinition[],
): Promise<Map<string, Counted>> {
  const labels = await listDataSourceLabels(db, workspaceId)
  const counts = new Map<string, Counted>()
  for (const definition of definitions) {
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

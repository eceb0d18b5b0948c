import type { FieldDiff, TableDiff } from '#api/contract/diffs.ts'

import { schemaName } from '../../db/workspace.ts'
import type { ReadContents } from '../read-contents.ts'
import type { Snapshot } from '../snapshot.ts'
import { compareDefinitions, type TableNames } from './compare-definitions.ts'
import { compareRows, type RowSides } from './compare-rows.ts'
import { type ComparedTable, lineUpTables } from './line-up-tables.ts'
import { countValues } from './live-rows.ts'
import { byEffect, presentTable } from './present-table.ts'

export interface Extent {
  /** Places in the archive's list of tables: only these are compared. Null = the tables of both sides. */
  only: readonly number[] | null
  /** Sample rows of each kind and table. */
  samples: number
}

/** Compares tables, their definitions and their rows. */
export async function compareTables(
  sides: RowSides,
  contents: ReadContents,
  { only, samples }: Extent,
): Promise<TableDiff[]> {
  const { manifest, snapshot } = sides
  const { tables, names } = lineUpTables({ manifest, contents, live: snapshot.contents }, only, samples)
  const fields = new Map<ComparedTable, FieldDiff[]>()
  for (const table of tables) fields.set(table, await fieldsOf(snapshot, table, names))
  if (manifest.includesRows) await compareRows(sides, tables)
  return tables.map((table) => presentTable(table, fields.get(table) ?? [], manifest.includesRows)).toSorted(byEffect)
}

async function fieldsOf(snapshot: Snapshot, { pair }: ComparedTable, names: TableNames): Promise<FieldDiff[]> {
  if (pair.archived === null || pair.live === null) return []
  const fields = compareDefinitions(pair.archived.definition, pair.live, names)
  const { workspace, dataSources } = snapshot.contents
  const schemas = dataSources.map(({ label }) => schemaName(workspace.id, label))
  const removed = fields.filter(({ what, effect }) => what === 'column' && effect === 'removed')
  const columns = removed.map(({ name }) => name)
  const counts = await countValues(snapshot, schemas, pair.live, columns)
  return fields.map((field) => (removed.includes(field) ? { ...field, values: counts.get(field.name) ?? null } : field))
}

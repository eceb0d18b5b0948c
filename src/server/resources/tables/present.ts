import { createHash } from 'node:crypto'

import type { Column, Index } from '#api/contract/columns.ts'
import { metaTime } from '#api/contract/names.ts'
import type { Table } from '#api/contract/tables.ts'

import { printTableText } from '../../archive/table-text.ts'
import { VECTOR_SIZE_DEFAULT } from '../../tables/column-type.ts'
import type { TableDefinition, TableSummary } from '../../tables/definition.ts'

/** A table as the API answers it. */
export function toTable(definition: TableSummary): Table {
  return {
    id: definition.id,
    created_at: metaTime(definition.createdAt),
    updated_at: metaTime(definition.updatedAt),
    name: definition.name,
    description: definition.description,
    docs: definition.docs,
    guid: definition.guid,
    auth: definition.auth,
    tag: definition.tag,
    api_group_guid: definition.apiGroupGuid ?? null,
  }
}

/** The same with its document. `names` are those of the tables it may refer to, by id. */
export function toTableWithText(definition: TableDefinition, names: ReadonlyMap<number, string>): Table {
  return { ...toTable(definition), xanoscript: { status: 'ok', value: printTableText(definition, names) } }
}

/** What a table's version (`versions.ts`) and its audit record are made of: everything that a change can change, with columns and indexes. */
export function versionOf(definition: TableDefinition): object {
  const { name, description, docs, auth, guid, tag, columns, indexes, autocomplete, apiGroupGuid } = definition
  const api_group_guid = apiGroupGuid ?? null
  return { name, description, docs, auth, guid, tag, columns, indexes, autocomplete, api_group_guid }
}

/** What the audit record says of a table. */
export function targetOf(definition: TableDefinition): { kind: 'table'; id: number; name: string } {
  return { kind: 'table', id: definition.id, name: definition.name }
}

/** A column as the API answers it: every documented key, whatever the type. */
export function toColumn(column: Column): Column {
  return {
    ...column,
    values: column.values ?? [],
    vector: column.vector ?? { size: VECTOR_SIZE_DEFAULT },
    children: (column.children ?? []).map(toColumn),
    filters: column.filters ?? null,
    validators: column.filters ?? null,
  }
}

/** Id of the index that every table has; it is in no definition. */
export function primaryIndexId(definition: TableDefinition): string {
  return createHash('sha256').update(`primary ${definition.id}`).digest('hex').slice(0, 8)
}

/** Every index of a table, the primary one first. */
export function toIndexes(definition: TableDefinition): Index[] {
  return [
    { id: primaryIndexId(definition), type: 'primary', fields: [{ name: 'id', op: 'asc' }] },
    ...definition.indexes,
  ]
}

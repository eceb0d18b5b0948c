import { createHash } from 'node:crypto'

import type { Column, Index } from '#api/contract/columns.ts'
import { metaTime } from '#api/contract/names.ts'
import type { Table } from '#api/contract/tables.ts'

import { VECTOR_SIZE_DEFAULT } from '../../tables/column-type.ts'
import type { TableDefinition } from '../../tables/definition.ts'

/** A table as the API answers it. */
export function toTable(definition: TableDefinition): Table {
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
  }
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

import { createHash } from 'node:crypto'

import type { Column, Index } from '#api/contract/columns.ts'
import { IDENTIFIER_MAX_BYTES } from '#api/contract/names.ts'

import { hasForeignKey } from './column-type.ts'
import type { TableDefinition } from './definition.ts'

type Named = Pick<TableDefinition, 'id' | 'name'>

/** `orders_customer_id_fkey`, and where that would be too long its beginning and a hash of the whole. */
function constraintName(table: Named, column: string, ending: string): string {
  const plain = `${table.name}_${column}_${ending}`
  return Buffer.byteLength(plain) <= IDENTIFIER_MAX_BYTES ? plain : hashedName(table, column, [column], ending)
}

/** A beginning for people, a hash that tells apart what is cut alike, and the kind. */
function hashedName(table: Named, readable: string, identity: readonly string[], ending: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([table.id, ...identity]))
    .digest('hex')
    .slice(0, 8)
  const rest = `_${hash}_${ending}`
  return `${cut(readable === '' ? table.name : `${table.name}_${readable}`, IDENTIFIER_MAX_BYTES - rest.length)}${rest}`
}

function cut(text: string, bytes: number): string {
  let kept = ''
  let length = 0
  for (const character of text) {
    length += Buffer.byteLength(character)
    if (length > bytes) break
    kept += character
  }
  return kept
}

/** Name of the primary key constraint and its index. */
export function primaryKeyName(table: Named): string {
  return hashedName(table, '', [], 'pkey')
}

/** Name of the constraint that keeps an enum's values or a vector's size. */
export function checkName(table: Named, column: Pick<Column, 'name'>): string {
  return constraintName(table, column.name, 'check')
}

/** Name of the foreign key of a reference. */
export function foreignKeyName(table: Named, column: Pick<Column, 'name'>): string {
  return constraintName(table, column.name, 'fkey')
}

/** Name of an index. Tables and indexes share one space of names in a schema, hence always the hash. */
export function indexName(table: Named, index: Index): string {
  const columns = index.fields.map((field) => field.name).join('_')
  return hashedName(table, columns, [index.id ?? ''], index.type === 'unique' ? 'key' : 'idx')
}

/** The columns a constraint or index is about, by its PostgreSQL name; undefined when it is none of this table's. */
export function columnsOfObject(definition: TableDefinition, name: string): string[] | undefined {
  if (name === primaryKeyName(definition)) return ['id']
  const index = definition.indexes.find((candidate) => indexName(definition, candidate) === name)
  if (index !== undefined) return index.fields.map((field) => field.name)
  const column = definition.columns.find(
    (candidate) =>
      name === checkName(definition, candidate) ||
      (hasForeignKey(candidate) && name === foreignKeyName(definition, candidate)),
  )
  return column === undefined ? undefined : [column.name]
}

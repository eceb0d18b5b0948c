import type { Column, Index } from '#api/contract/columns.ts'

import { normalColumns, normalIndexes } from '../../tables/normal-definition.ts'

/** Name of the table behind a reference, so that both sides name it alike; null where there is none. */
export type NameOfTable = (id: number) => string | null

/** A column by what it says: the table that it refers to by name, every setting said. */
export type ShapedColumn = Omit<Column, 'tableref_id' | 'children'> & {
  refersTo: string | null
  children: ShapedColumn[] | undefined
}

/** Columns in a form in which two that mean the same are equal. */
export function shapedColumns(columns: readonly Column[], nameOf: NameOfTable): ShapedColumn[] {
  return normalColumns(columns).map(({ tableref_id: target, children, ...column }) => ({
    ...column,
    refersTo: target == null ? null : nameOf(target),
    children: children === undefined ? undefined : shapedColumns(children, nameOf),
  }))
}

/** `text`, `int[]`, `vector(3)`. */
export function typeText({ type, style, vector }: ShapedColumn): string {
  const size = type === 'vector' && vector !== undefined ? `(${vector.size})` : ''
  return `${type}${size}${style === 'list' ? '[]' : ''}`
}

/** Indexes by what they say, `unique (email)`; ids and order aside. */
export function indexTexts(indexes: readonly Index[]): { text: string; name: string }[] {
  return normalIndexes(indexes).map((index) => {
    const text = indexText(index)
    return { text, name: index.name === undefined || index.name === '' ? text : index.name }
  })
}

function indexText({ type, fields, name, lang }: Index): string {
  const told = fields.map((field) => {
    const op = field.op === undefined || field.op === 'asc' ? '' : ` ${field.op}`
    return `${field.name}${op}${field.priority === undefined ? '' : ` weight ${field.priority}`}`
  })
  const called = name === undefined || name === '' ? '' : ` named ${name}`
  return `${type} (${told.join(', ')})${lang === undefined ? '' : ` ${lang}`}${called}`
}

/** True where values of the column are not for everybody's eyes. */
export function isHidden({ type, access, sensitive, children }: Column): boolean {
  return (
    type === 'password' ||
    sensitive === true ||
    (access !== undefined && access !== 'public') ||
    (children ?? []).some(isHidden)
  )
}

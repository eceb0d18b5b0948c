import type { Column, Index } from '#api/contract/columns.ts'

/** A user's table as defined: the truth from which DDL, validation and the archive are derived. */
export interface TableDefinition {
  id: number
  workspaceId: number
  name: string
  description: string
  docs: string
  auth: boolean
  guid: string
  tag: string[]
  /** `id` first. References carry the other table's id in `tableref_id`. */
  columns: Column[]
  indexes: Index[]
  autocomplete: { name: string }[]
  /** Guid of the API group that the table is tied to; null = none, absent in a definition out of an archive. */
  apiGroupGuid?: string | null
  createdAt: Date
  updatedAt: Date
}

/** A definition before it has an id; the store gives id, guid (unless set) and times. */
export type NewTableDefinition = Pick<TableDefinition, 'name' | 'columns' | 'indexes'> &
  Partial<Pick<TableDefinition, 'description' | 'docs' | 'auth' | 'guid' | 'tag' | 'autocomplete' | 'apiGroupGuid'>>

/** What may change about a definition; fields left out stay. */
export type DefinitionChanges = Partial<NewTableDefinition>

/** What a list of tables says of each: everything but what can be large. */
export type TableSummary = Omit<TableDefinition, 'columns' | 'indexes' | 'autocomplete'>

/** What validation and references need to know about another table. */
export type KnownTable = Pick<TableDefinition, 'id' | 'name' | 'columns'>

/** The primary key of every table: its first column, an `int` or a `uuid`. */
export function idType(definition: Pick<TableDefinition, 'columns'>): 'int' | 'uuid' {
  return definition.columns[0]?.type === 'uuid' ? 'uuid' : 'int'
}

/** True for a column that refers to the rows of a table. */
export function isReference(column: Column): boolean {
  return typeof column.tableref_id === 'number'
}

/** The columns of `definition` that refer to table `targetId`. */
export function referencesTo(definition: Pick<TableDefinition, 'columns'>, targetId: number): Column[] {
  return definition.columns.filter((column) => column.tableref_id === targetId)
}

/** A definition to check. `id` is set for a table that is there already: it may keep its name and refer to itself. */
export interface DefinitionInput {
  id?: number
  name: string
  columns: readonly Column[]
  indexes: readonly Index[]
  autocomplete?: readonly { name: string }[]
}

/** Notes a refused field of a definition. */
export type Report = (param: string, message: string) => void

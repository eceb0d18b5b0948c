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
  createdAt: Date
  updatedAt: Date
}

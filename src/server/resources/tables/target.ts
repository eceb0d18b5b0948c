import type { TableDefinition } from '../../tables/definition.ts'

/** What the audit record says of a table. */
export function targetOf(definition: TableDefinition): Record<string, unknown> {
  return { kind: 'table', id: definition.id, name: definition.name }
}

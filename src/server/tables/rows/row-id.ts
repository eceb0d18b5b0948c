import { idType, type TableDefinition } from '../definition.ts'
import { toInt, toUuid } from '../values/scalars.ts'

/** An id in the form of its column; undefined for text that cannot be one, so that no such row exists. */
export function parseRowId(definition: TableDefinition, text: string): string | undefined {
  try {
    return idType(definition) === 'uuid' ? toUuid(text) : String(toInt(text))
  } catch {
    return undefined
  }
}

import { Identifier } from '#api/contract/names.ts'

/** Columns that every PostgreSQL table has already. */
const SYSTEM_COLUMNS = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid'])

/** What is wrong with a name that becomes a PostgreSQL identifier; undefined when it is usable. */
export function checkIdentifier(name: string): string | undefined {
  const parsed = Identifier.safeParse(name)
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'The name is not usable.'
  if (parsed.data !== name) return 'Leave out the spaces at the beginning and the end.'
  return name.isWellFormed() ? undefined : 'The name contains half of a surrogate pair, which is no character.'
}

/** The same for a column, whose name must not be one that PostgreSQL keeps for itself. */
export function checkColumnName(name: string): string | undefined {
  if (SYSTEM_COLUMNS.has(name.toLowerCase())) {
    return `PostgreSQL keeps the column name "${name}" for itself. Choose another name.`
  }
  // In a JSON object this key sets the object's kind; readers of JSON drop it, or worse, do not.
  if (name === '__proto__') return 'The name "__proto__" cannot be a key of JSON. Choose another name.'
  return checkIdentifier(name)
}

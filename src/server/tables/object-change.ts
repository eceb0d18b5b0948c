import { sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import type { Db } from '../db/connection.ts'
import { BadChange } from './alter-error.ts'
import type { TableDefinition } from './definition.ts'

/** A field inside an object that rows may have values of which its new form does not take. */
interface ChangedField {
  /** `address.zip` */
  name: string
  /** JSON path to the values that are in the way; lists on the way are walked through. */
  path: string
}

const ANY_VALUE = '@.type() != "null"'

/**
 * Fields that are in both objects and take other values than before. New ones stand in nobody's way, and neither do
 * dropped ones: `dropFields` removes their values.
 */
function changedFields(from: Column, to: Column, name: string, path: string): ChangedField[] {
  return (to.children ?? []).flatMap((child): ChangedField[] => {
    const before = (from.children ?? []).find((candidate) => candidate.name === child.name)
    if (before === undefined) return []
    const childName = `${name}.${child.name}`
    const childPath = `${path}.${JSON.stringify(child.name)}`
    const refused = refusedValues(before, child)
    return [
      ...(refused === undefined ? [] : [{ name: childName, path: `${childPath} ? (${refused})` }]),
      ...changedFields(before, child, childName, childPath),
    ]
  })
}

/** Which values of a field cannot stay, as a condition of a JSON path; undefined where all can. */
function refusedValues(from: Column, to: Column): string | undefined {
  const isOther = from.type !== to.type || from.style !== to.style || from.vector?.size !== to.vector?.size
  if (isOther) return ANY_VALUE
  const gone = (from.values ?? []).filter((value) => to.values?.includes(value) === false)
  return gone.length === 0 ? undefined : gone.map((value) => `@ == ${JSON.stringify(value)}`).join(' || ')
}

/**
 * Refuses to change the fields inside an object while rows have values that the new form would not take: these lie in
 * JSON, which PostgreSQL does not convert. Throws `BadChange` naming the field.
 */
export async function requireFittingObjects(
  trx: Db,
  schema: string,
  definition: TableDefinition,
  from: Column,
  to: Column,
): Promise<void> {
  for (const { name, path } of changedFields(from, to, to.name, '$')) {
    const found = await sql`
      select 1 from ${sql.id(schema, definition.name)}
      where jsonb_path_exists(${sql.id(to.name)}, ${path}::jsonpath) limit 1`.execute(trx)
    if (found.rows.length === 0) continue
    throw new BadChange(
      'children',
      `There are rows with values in "${name}" that its new form does not take. Change them first, or add a new field.`,
    )
  }
}

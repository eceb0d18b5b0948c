import { type RawBuilder, sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import type { Db } from '../db/connection.ts'
import { isList } from './column-type.ts'
import type { TableDefinition } from './definition.ts'

type Expression = RawBuilder<unknown>

/** An object with the fields that its new form lacks, or that have such fields inside. */
interface Thinned {
  isList: boolean
  dropped: string[]
  inside: { name: string; thinned: Thinned }[]
}

/** What goes out of an object; undefined where all of it stays. */
function thinned(from: Column, to: Column): Thinned | undefined {
  const dropped: string[] = []
  const inside: Thinned['inside'] = []
  for (const child of from.children ?? []) {
    const after = to.children?.find((candidate) => candidate.name === child.name)
    if (after === undefined) dropped.push(child.name)
    // Rows have no values in a field that is of another type now: `requireFittingObjects` has seen to it.
    else if (child.type === 'object' && after.type === 'object') {
      const part = thinned(child, after)
      if (part !== undefined) inside.push({ name: child.name, thinned: part })
    }
  }
  return dropped.length === 0 && inside.length === 0 ? undefined : { isList: isList(from), dropped, inside }
}

/** The JSON value without what goes. Values of another form than the object's stay as they are. */
function withoutFields(value: Expression, part: Thinned, depth = 0): Expression {
  const whole = sql.ref(`o${depth}.whole`)
  const item = part.isList ? sql.ref(`i${depth}.item`) : whole
  const thin = withoutFieldsOfOne(item, part, depth)
  const result = part.isList
    ? sql`case when jsonb_typeof(${whole}) = 'array' then (
        select coalesce(jsonb_agg(${thin} order by ${sql.ref(`i${depth}.at`)}), '[]')
        from jsonb_array_elements(${whole}) with ordinality as ${sql.id(`i${depth}`)} (item, at)
      ) else ${whole} end`
    : thin
  // "offset 0": PostgreSQL would else write the expression out wherever it is used, ever more often by each level.
  return sql`(select ${result} from (select ${value} as whole offset 0) as ${sql.id(`o${depth}`)})`
}

function withoutFieldsOfOne(object: Expression, { dropped, inside }: Thinned, depth: number): Expression {
  const parts = inside.map(({ name, thinned: part }) => {
    const key = sql.val(name)
    const value = withoutFields(sql`${object} -> ${key}::text`, part, depth + 1)
    return sql`|| case when ${object} ? ${key}::text then jsonb_build_object(${key}::text, ${value}) else '{}' end`
  })
  return sql`case when jsonb_typeof(${object}) = 'object'
    then (${object} - ${dropped}::text[]) ${sql.join(parts, sql` `)} else ${object} end`
}

/** JSON paths to the fields that go; lists on the way are walked through. */
function pathsTo({ dropped, inside }: Thinned, path = '$'): string[] {
  const below = (name: string): string => `${path}.${JSON.stringify(name)}`
  return [...dropped.map(below), ...inside.flatMap(({ name, thinned: part }) => pathsTo(part, below(name)))]
}

/**
 * Removes the values of the fields that `to` has no longer from the rows, however deep they lie: they are gone like
 * those of a dropped column, and a field that is added under the same name later starts empty.
 */
export async function dropFields(
  trx: Db,
  schema: string,
  definition: TableDefinition,
  from: Column,
  to: Column,
): Promise<void> {
  const part = thinned(from, to)
  if (part === undefined) return
  const column = sql.id(from.name)
  const isThere = pathsTo(part).map((path) => sql`jsonb_path_exists(${column}, ${path}::jsonpath)`)
  await sql`update ${sql.id(schema, definition.name)} set ${column} = ${withoutFields(column, part)}
    where ${sql.join(isThere, sql` or `)}`.execute(trx)
}

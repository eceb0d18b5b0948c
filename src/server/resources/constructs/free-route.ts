import { sql } from 'kysely'

import type { ConstructHeader } from '#xanoscript/construct-header.ts'

import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import type { Group } from './place.ts'
import { canBeSameRoute, faultOfRoute } from './route-shape.ts'
import type { ConstructRow } from './store.ts'

/**
 * Refuses a query whose name is no address, or whose address could also be another query's of its group and verb
 * (section 9 of the language's reference: routing does not cascade). One that was stored with such a name, by an
 * import, may stay. Call it holding the group; drafts are not looked at.
 */
export async function requireFreeRoute(
  trx: Db,
  group: Group | null,
  { name, verb }: ConstructHeader,
  before: Pick<ConstructRow, 'id' | 'name' | 'verb'> | null,
): Promise<void> {
  if (group === null || verb === null) return
  if (before !== null && before.name === name && before.verb === verb) return
  const fault = faultOfRoute(name)
  if (fault !== null) throw invalidInput('name', `The name "${name}" is not taken: ${fault}.`)
  const others = await trx
    .selectFrom('construct')
    .select('name')
    .where('api_group_id', '=', group.id)
    .where('verb', '=', verb)
    .where('id', '!=', before?.id ?? 0)
    // The same name is the database's to refuse.
    .where(sql<boolean>`lower(name) <> lower(${name})`)
    .orderBy('id')
    .execute()
  const other = others.find((one) => canBeSameRoute(one.name, name))
  if (other === undefined) return
  throw invalidInput(
    'name',
    `A request for ${verb} "${name}" could also mean "${other.name}", another ${verb} API of this group. Choose a name that differs in a part without braces, or another number of parts.`,
  )
}

import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { addressGroup } from '../../security/networks.ts'

/** A place is known for so long after the last sign-in from there. */
export const PLACE_LIFE_MS = 90 * 86_400_000

/** Notes that somebody signed in from an address, wholly: with every step that was asked for. */
export async function notePlace(db: Db, userId: number, address: string, now: Date): Promise<void> {
  await db
    .insertInto('sign_in_place')
    .values({ user_id: userId, network: addressGroup(address), last_used_at: now })
    .onConflict((conflict) => conflict.columns(['user_id', 'network']).doUpdateSet({ last_used_at: now }))
    .execute()
}

/** True where the account with this e-mail address was signed in to from there before. */
export async function isKnownPlace(db: Db, email: string, address: string): Promise<boolean> {
  const place = await db
    .selectFrom('sign_in_place')
    .innerJoin('user', 'user.id', 'sign_in_place.user_id')
    .select(sql`1`.as('one'))
    .where('user.email', '=', email)
    .where('network', '=', addressGroup(address))
    .executeTakeFirst()
  return place !== undefined
}

/** Clears away places that nobody signed in from for long. */
export async function forgetPlaces(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - PLACE_LIFE_MS)
  await db.deleteFrom('sign_in_place').where('last_used_at', '<=', before).execute()
}

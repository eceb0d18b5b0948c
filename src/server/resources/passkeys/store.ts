import type { Selectable } from 'kysely'

import type { Passkey } from '#api/contract/passkeys.ts'

import type { Db } from '../../db/connection.ts'
import type { PasskeyTable } from '../../db/tables.ts'
import { AppError, notFound } from '../../errors.ts'

export type PasskeyRow = Selectable<PasskeyTable>

/** More than anybody has devices; each is read at every sign-in. */
const PASSKEYS_MAX = 50

/** A person's passkeys, oldest first. */
export async function passkeysOf(db: Db, userId: number): Promise<PasskeyRow[]> {
  return db.selectFrom('passkey').selectAll().where('user_id', '=', userId).orderBy('id').execute()
}

/** The passkey that a browser names, with its owner's state; undefined where there is none. */
export async function findPasskey(db: Db, credentialId: string) {
  return db
    .selectFrom('passkey')
    .innerJoin('user', 'user.id', 'passkey.user_id')
    .selectAll('passkey')
    .select(['user.email', 'user.disabled_at'])
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
}

type NewPasskey = Omit<PasskeyRow, 'id' | 'transports' | 'last_used_at'> & { transports: readonly string[] }

/** Keeps a passkey; throws 409 where it is kept already or there are too many. The account is held. */
export async function insertPasskey(trx: Db, { transports, ...fields }: NewPasskey): Promise<PasskeyRow> {
  if ((await passkeysOf(trx, fields.user_id)).length >= PASSKEYS_MAX) {
    throw new AppError('conflict', `An account has at most ${PASSKEYS_MAX} passkeys. Remove one that is not used.`)
  }
  const row = await trx
    .insertInto('passkey')
    .values({ ...fields, transports: JSON.stringify(transports) })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw new AppError('conflict', 'This passkey is kept already.')
  return row
}

/**
 * Notes a use. False where the counter is no more the one that was read: somebody else used the passkey meanwhile, or a
 * copy of it.
 */
export async function noteUse(db: Db, { id, counter }: PasskeyRow, newCounter: number, now: Date): Promise<boolean> {
  const noted = await db
    .updateTable('passkey')
    .set({ counter: newCounter, last_used_at: now })
    .where('id', '=', id)
    .where('counter', '=', counter)
    .executeTakeFirst()
  return noted.numUpdatedRows > 0n
}

/** Renames a passkey of the person; throws 404. */
export async function renamePasskey(db: Db, userId: number, id: number, name: string): Promise<PasskeyRow> {
  const row = await db
    .updateTable('passkey')
    .set({ name })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw notFound(`The passkey ${id}`)
  return row
}

/** Removes a passkey of the person; throws 404. */
export async function deletePasskey(trx: Db, userId: number, id: number): Promise<PasskeyRow> {
  const row = await trx
    .deleteFrom('passkey')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw notFound(`The passkey ${id}`)
  return row
}

/** `rpId` is null where this address allows no passkeys. */
export function toPasskey(row: PasskeyRow, rpId: string | null): Passkey {
  return {
    id: row.id,
    name: row.name,
    synced: row.is_synced,
    usableHere: row.rp_id === rpId,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}

import { randomBytes } from 'node:crypto'

import { sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'

const CODES = 10
/** 80 bits: a fast hash is enough to keep them by. */
const CODE_LENGTH = 16
/** Without the letters that are taken for digits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** `k7m2-9qxc-4t0v-hb3w` */
function newCode(): string {
  const letters = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '').join('')
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** What is hashed: however it was typed. */
function normal(code: string): string {
  return code
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')
}

/** Gives the account ten new codes and takes the old ones away. They are told once: only hashes are stored. */
export async function replaceRecoveryCodes(trx: Db, userId: number, now: Date): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode)
  await trx.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
  await trx
    .insertInto('recovery_code')
    .values(codes.map((code) => ({ user_id: userId, hash: sha256(normal(code)), created_at: now })))
    .execute()
  return codes
}

/** Codes for an account that gets its first second step; null where it has codes already. */
export async function firstRecoveryCodes(trx: Db, userId: number, now: Date): Promise<string[] | null> {
  const has = await trx.selectFrom('recovery_code').select('hash').where('user_id', '=', userId).executeTakeFirst()
  return has === undefined ? replaceRecoveryCodes(trx, userId, now) : null
}

/** Uses a code up; false where it is none of the account's or was used. */
export async function useRecoveryCode(db: Db, userId: number, code: string, now: Date): Promise<boolean> {
  const used = await db
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('hash', '=', sha256(normal(code)))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

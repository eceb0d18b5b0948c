import type { Selectable } from 'kysely'

import { newSecret, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { PasskeyChallengeTable } from '../../db/tables.ts'

/** A challenge is answered within this time. */
export const CHALLENGE_LIFE_MS = 5 * 60_000

type Challenge = Selectable<PasskeyChallengeTable>

/** Who was asked for what: `holder` is the secret cookie of the browser, of which only the hash is stored. */
export interface ChallengeHolder {
  purpose: Challenge['purpose']
  /** Null = whoever answers. */
  userId: number | null
  holder: string
}

/** Makes a challenge (base64url). It can be answered once, by the same browser, for the same purpose. */
export async function insertChallenge(
  db: Db,
  { purpose, userId, holder }: ChallengeHolder,
  now: Date,
  userHandle: string | null = null,
): Promise<string> {
  const challenge = newSecret()
  await db.deleteFrom('passkey_challenge').where('expires_at', '<=', now).execute()
  await db
    .insertInto('passkey_challenge')
    .values({
      hash: sha256(challenge),
      purpose,
      user_id: userId,
      holder_hash: sha256(holder),
      user_handle: userHandle,
      expires_at: new Date(now.getTime() + CHALLENGE_LIFE_MS),
    })
    .execute()
  return challenge
}

/** Uses a challenge up; null where it was never made, is over, was answered before or belongs to somebody else. */
export async function takeChallenge(
  db: Db,
  challenge: string,
  { purpose, userId, holder }: ChallengeHolder,
  now: Date,
): Promise<{ userHandle: string | null } | null> {
  const row = await db
    .deleteFrom('passkey_challenge')
    .where('hash', '=', sha256(challenge))
    .where('purpose', '=', purpose)
    .where('user_id', userId === null ? 'is' : '=', userId)
    .where('holder_hash', '=', sha256(holder))
    .where('expires_at', '>', now)
    .returning('user_handle')
    .executeTakeFirst()
  return row === undefined ? null : { userHandle: row.user_handle }
}

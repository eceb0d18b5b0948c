import { sql } from 'kysely'

import { hashPassword, newSecret, sha256 } from '../../credentials.ts'
import type { Connection, Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'

/** Any number: the lock under which the first owner is made. */
const OWNER_LOCK = 7_204_911

/** True until the first owner exists. */
export async function isSetupNeeded(db: Db): Promise<boolean> {
  return (await db.selectFrom('user').select('id').limit(1).executeTakeFirst()) === undefined
}

/** Makes a one-time link and answers its secret. Links of earlier starts stay good until one is used. */
export async function newSetupSecret(db: Db, now: Date): Promise<string> {
  const secret = newSecret()
  await db
    .insertInto('setup_link')
    .values({ hash: sha256(secret), created_at: now })
    .execute()
  return secret
}

interface OwnerInput {
  name: string
  email: string
  password: string
}

/**
 * Makes the first owner and uses up every link. With `link`, it must be one that was printed. Answers the new user's
 * id; null when there is an owner already. Two at once: one wins.
 */
export async function createOwner(
  connection: Connection,
  input: OwnerInput,
  link: string | null,
  now: Date,
): Promise<number | null> {
  // A hash is dear: nobody makes the server compute one without a link that is good, or when there is an owner.
  if (!(await isSetupNeeded(connection.db))) return null
  if (link !== null) await requireLink(connection.db, link)
  const password_hash = await hashPassword(input.password)
  return connection.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${OWNER_LOCK})`.execute(trx)
    if (!(await isSetupNeeded(trx))) return null
    if (link !== null) await requireLink(trx, link)
    await trx.deleteFrom('setup_link').execute()
    const user = await trx
      .insertInto('user')
      .values({ email: input.email, name: input.name, password_hash, role: 'owner', created_at: now })
      .returning('id')
      .executeTakeFirstOrThrow()
    return user.id
  })
}

async function requireLink(db: Db, link: string): Promise<void> {
  const found = await db.selectFrom('setup_link').select('hash').where('hash', '=', sha256(link)).executeTakeFirst()
  if (found === undefined) {
    throw new AppError(
      'access_denied',
      'This setup link is not valid. Open the one that the server printed at its last start.',
      {
        payload: { param: 'link', reason: 'setup_link' },
      },
    )
  }
}

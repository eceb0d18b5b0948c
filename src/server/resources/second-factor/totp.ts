import type { NewTotp } from '#api/contract/second-factor.ts'

import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { qrPath } from './qr-path.ts'

type TotpDeps = Pick<Deps, 'vault' | 'now' | 'publicUrl'>

const PERIOD_MS = 30_000
/** Steps that the clock of a phone may be off, either way. */
const DRIFT_STEPS = 1
/** 160 bits, as RFC 4226 asks for. */
const SECRET_BYTES = 20

/**
 * Begins to set an authenticator app up: the secret is kept sealed and told once; nothing is asked for yet. Throws 409
 * where the account has an app.
 */
export async function beginTotp(db: Db, user: { id: number; email: string }, deps: TotpDeps): Promise<NewTotp> {
  const { Secret, TOTP } = await import('otpauth')
  const secret = new Secret({ size: SECRET_BYTES })
  const issuer = `Metadeck ${new URL(deps.publicUrl()).hostname.replaceAll(':', '.')}`
  const uri = new TOTP({ issuer, label: user.email, secret }).toString()
  const fresh = { sealed_secret: deps.vault.seal(secret.base32), created_at: deps.now(), last_step: 0 }
  const kept = await db
    .insertInto('totp')
    .values({ user_id: user.id, ...fresh })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(fresh).where('totp.confirmed_at', 'is', null))
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows === 0n) throw taken()
  return { secret: secret.base32, uri, qr: await qrPath(uri) }
}

/** Turns the app on that is being set up; false where the code is wrong. Throws 409 where none is being set up. */
export async function confirmTotp(db: Db, userId: number, code: string, deps: TotpDeps): Promise<boolean> {
  const row = await db.selectFrom('totp').selectAll().where('user_id', '=', userId).executeTakeFirst()
  if (row === undefined) {
    throw new AppError('conflict', 'No authenticator app is being set up. Begin again.', {
      payload: { reason: 'not_begun' },
    })
  }
  if (row.confirmed_at !== null) throw taken()
  return takeCode(db, row, code, deps, deps.now())
}

/** True where the code is right now, give or take 30 seconds, and neither it nor a later one was used before. */
export async function checkTotp(db: Db, userId: number, code: string, deps: TotpDeps): Promise<boolean> {
  const row = await db
    .selectFrom('totp')
    .selectAll()
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined && takeCode(db, row, code, deps, row.confirmed_at)
}

/** One statement decides: of two requests with one code, one wins. The secret must still be the one that was read. */
async function takeCode(
  db: Db,
  row: { user_id: number; sealed_secret: string },
  code: string,
  deps: TotpDeps,
  confirmed_at: Date | null,
): Promise<boolean> {
  const { TOTP } = await import('otpauth')
  const timestamp = deps.now().getTime()
  const totp = new TOTP({ secret: deps.vault.open(row.sealed_secret) })
  const delta = totp.validate({ token: code, timestamp, window: DRIFT_STEPS })
  if (delta === null) return false
  const step = Math.floor(timestamp / PERIOD_MS) + delta
  const claimed = await db
    .updateTable('totp')
    .set({ last_step: step, confirmed_at })
    .where('user_id', '=', row.user_id)
    .where('sealed_secret', '=', row.sealed_secret)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return claimed.numUpdatedRows > 0n
}

function taken(): AppError {
  return new AppError('conflict', 'This account has an authenticator app. Remove it before you set up another one.', {
    payload: { reason: 'has_totp' },
  })
}

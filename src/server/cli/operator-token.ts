import { ALL_SCOPES } from '#api/contract/scopes.ts'

import type { Db } from '../db/connection.ts'
import { StartError } from '../errors.ts'
import { insertToken } from '../resources/tokens/store.ts'

/** As lists of tokens and the audit log show it. */
const NAME = 'Metadeck command line'
/** A killed command leaves a token that ends by itself, and whose secret nobody has. */
const LIFE_SECONDS = 900
const RENEW_MS = 300_000

export interface OperatorToken {
  secret: string
  /** Takes the token away; nothing of it stays. */
  remove(): Promise<void>
}

/**
 * Who can read the data folder may do everything: a token for the time of one command, whose secret never leaves this
 * process. Throws `StartError` while there is no owner.
 */
export async function makeOperatorToken(db: Db): Promise<OperatorToken> {
  const owner = await db
    .selectFrom('user')
    .select('id')
    .where('role', '=', 'owner')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  if (owner === undefined) {
    throw new StartError('There is no owner yet. Start Metadeck with npm start and set it up first.')
  }
  // By the mark: anybody may name a token of theirs so.
  await db.deleteFrom('access_token').where('is_operator', '=', true).where('expires_at', '<', new Date()).execute()
  const grant = { scopes: ALL_SCOPES, workspaces: 'all' as const }
  const input = { name: NAME, expiresInSeconds: LIFE_SECONDS, ...grant, isOperator: true }
  const { secret, token } = await insertToken(db, input, owner.id, new Date())
  const renew = (): void => {
    const expires_at = new Date(Date.now() + LIFE_SECONDS * 1_000)
    // One that fails is made up by the next.
    void db
      .updateTable('access_token')
      .set({ expires_at })
      .where('id', '=', token.id)
      .execute()
      .catch(() => undefined)
  }
  const timer = setInterval(renew, RENEW_MS)
  return {
    secret,
    async remove() {
      clearInterval(timer)
      await db.deleteFrom('access_token').where('id', '=', token.id).execute()
    },
  }
}

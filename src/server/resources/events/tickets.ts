import { newSecret, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import type { Vault } from '../../vault.ts'

const LIFE_MS = 30_000

interface Ticket {
  /** Told apart by this: the same bytes can be spelled in many ways. */
  id: string
  sessionSecret: string
  expiresAt: number
}

/** One-time tickets for the console's socket: sealed by the vault, so that any process can open them. */
export interface Tickets {
  issue(sessionSecret: string, now: Date): string
  /** The session behind a ticket; null when it is not ours, too old or was used before, in whatever process. */
  redeem(ticket: string, now: Date): Promise<string | null>
}

/** Makes tickets, and remembers in the database which were used. */
export function createTickets({ connection: { db }, vault }: Pick<Deps, 'connection' | 'vault'>): Tickets {
  return {
    issue(sessionSecret, now) {
      const ticket: Ticket = { id: newSecret(), sessionSecret, expiresAt: now.getTime() + LIFE_MS }
      // Subprotocol names allow no `/` and `=`.
      return Buffer.from(vault.seal(JSON.stringify(ticket)), 'base64').toString('base64url')
    },
    async redeem(text, now) {
      const ticket = openTicket(vault, text)
      if (ticket === null || ticket.expiresAt < now.getTime()) return null
      return (await use(db, ticket, now)) ? ticket.sessionSecret : null
    },
  }
}

function openTicket(vault: Vault, text: string): Ticket | null {
  try {
    return JSON.parse(vault.open(Buffer.from(text, 'base64url').toString('base64'))) as Ticket
  } catch {
    return null
  }
}

/** True for the first of all who use it. */
async function use(db: Db, { id, expiresAt }: Ticket, now: Date): Promise<boolean> {
  const used = await db
    .insertInto('used_event_ticket')
    .values({ hash: sha256(id), expires_at: new Date(expiresAt) })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning('hash')
    .executeTakeFirst()
  await db.deleteFrom('used_event_ticket').where('expires_at', '<', now).execute()
  return used !== undefined
}

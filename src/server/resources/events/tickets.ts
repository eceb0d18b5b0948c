import type { Vault } from '../../vault.ts'

const LIFE_MS = 30_000

interface Ticket {
  sessionSecret: string
  expiresAt: number
}

/** One-time tickets for the console's socket: sealed by the vault, so that any process can open them. */
export interface Tickets {
  issue(sessionSecret: string, now: Date): string
  /** The session behind a ticket; null when it is not ours, too old or was used here before. */
  redeem(ticket: string, now: Date): string | null
}

export function createTickets(vault: Vault): Tickets {
  const used = new Map<string, number>()
  return {
    issue(sessionSecret, now) {
      const ticket: Ticket = { sessionSecret, expiresAt: now.getTime() + LIFE_MS }
      // Subprotocol names allow no `/` and `=`.
      return Buffer.from(vault.seal(JSON.stringify(ticket)), 'base64').toString('base64url')
    },
    redeem(text, now) {
      for (const [old, expiresAt] of used) if (expiresAt < now.getTime()) used.delete(old)
      if (used.has(text)) return null
      try {
        const ticket = JSON.parse(vault.open(Buffer.from(text, 'base64url').toString('base64'))) as Ticket
        if (ticket.expiresAt < now.getTime()) return null
        used.set(text, ticket.expiresAt)
        return ticket.sessionSecret
      } catch {
        return null
      }
    },
  }
}

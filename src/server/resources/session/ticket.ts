import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Selectable, sql } from 'kysely'

import { newSecret, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { SignInTicketTable } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'
import { dropCookie, type OwnCookie, sendCookie } from './cookie.ts'

/** Holds the ticket between the two steps of a sign-in. */
const TICKET: OwnCookie = { name: 'metadeck_sign_in', path: '/api:console/session', sameSite: 'strict' }

/** How long the second step may take. */
const TICKET_LIFE_MS = 5 * 60_000

export type Ticket = Selectable<SignInTicketTable>

/** Makes a ticket for this browser and address; answers the cookie's value, of which only the hash is stored. */
export async function insertTicket(
  db: Db,
  fields: Pick<Ticket, 'user_id' | 'method' | 'needs'>,
  request: FastifyRequest,
  now: Date,
): Promise<{ secret: string; expiresAt: Date }> {
  const secret = newSecret()
  const expiresAt = new Date(now.getTime() + TICKET_LIFE_MS)
  await db
    .insertInto('sign_in_ticket')
    .values({ hash: sha256(secret), ...fields, ...senderOf(request), expires_at: expiresAt })
    .execute()
  return { secret, expiresAt }
}

/** Sends the ticket's cookie. */
export function sendTicketCookie(
  reply: FastifyReply,
  ticket: { secret: string; expiresAt: Date },
  publicUrl: string,
): void {
  sendCookie(reply, TICKET, ticket, publicUrl)
}

/** The ticket of this browser; throws 401 where there is none, it is over, or it was taken to another place. */
export async function findTicket(db: Db, request: FastifyRequest, now: Date): Promise<Ticket> {
  const secret = request.cookies[TICKET.name]
  const ticket =
    secret === undefined
      ? undefined
      : await db
          .selectFrom('sign_in_ticket')
          .innerJoin('user', 'user.id', 'sign_in_ticket.user_id')
          .selectAll('sign_in_ticket')
          .where('hash', '=', sha256(secret))
          .where('expires_at', '>', now)
          .where('user.disabled_at', 'is', null)
          .executeTakeFirst()
  const sender = senderOf(request)
  if (ticket === undefined || ticket.address !== sender.address || ticket.user_agent !== sender.user_agent) {
    throw expired()
  }
  return ticket
}

/** Uses the ticket up; throws 401 where another request did so first, or the account took it away. */
export async function useTicket(db: Db, ticket: Ticket): Promise<void> {
  const used = await db.deleteFrom('sign_in_ticket').where('hash', '=', ticket.hash).executeTakeFirst()
  if (used.numDeletedRows === 0n) throw expired()
}

/** Clears away tickets whose time is over; waits for nobody who holds one. */
export async function forgetTickets(db: Db, now: Date): Promise<void> {
  await sql`delete from metadeck.sign_in_ticket where hash in (
    select hash from metadeck.sign_in_ticket where expires_at <= ${now} for update skip locked)`.execute(db)
}

/** Takes the cookie of a ticket that was used from the browser. */
export function dropTicketCookie(reply: FastifyReply, publicUrl: string): void {
  dropCookie(reply, TICKET, publicUrl)
}

function senderOf(request: FastifyRequest): { address: string; user_agent: string } {
  return { address: request.ip, user_agent: (request.headers['user-agent'] ?? '').slice(0, 300) }
}

function expired(): AppError {
  return new AppError('unauthorized', 'This sign-in took too long or was begun elsewhere. Begin again.', {
    payload: { reason: 'sign_in_expired' },
  })
}

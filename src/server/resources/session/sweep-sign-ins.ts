import type { FastifyInstance } from 'fastify'

import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { forgetPlaces } from './sign-in-places.ts'
import { forgetSessions } from './store.ts'
import { forgetOver } from './throttle.ts'
import { forgetTickets } from './ticket.ts'

const SWEEP_EVERY_MS = 15 * 60_000

/**
 * Clears away what is over of sign-ins: sessions, tickets, counts and places. Not as a part of signing in, which holds
 * an account meanwhile: two who sign in at once would wait for each other.
 */
export async function clearAway(db: Db, now: Date): Promise<void> {
  await Promise.all([forgetSessions, forgetTickets, forgetOver, forgetPlaces].map((forget) => forget(db, now)))
}

/** Does so from time to time, as long as the app is open. */
export function sweepSignIns(
  app: FastifyInstance,
  { connection: { db }, now, log }: Pick<Deps, 'connection' | 'now' | 'log'>,
): void {
  const timer = setInterval(() => {
    clearAway(db, now()).catch((error: unknown) =>
      log.debug({ err: error }, 'what is over of sign-ins could not be cleared away'),
    )
  }, SWEEP_EVERY_MS)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}

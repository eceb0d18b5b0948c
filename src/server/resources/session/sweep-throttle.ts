import type { FastifyInstance } from 'fastify'

import type { Deps } from '../../deps.ts'
import { forgetPlaces } from './sign-in-places.ts'
import { forgetOver } from './throttle.ts'

const SWEEP_EVERY_MS = 15 * 60_000

/** Clears away counts and places whose time is over, as those that nobody signs in from would stay for ever. */
export function sweepThrottle(
  app: FastifyInstance,
  { connection: { db }, now, log }: Pick<Deps, 'connection' | 'now' | 'log'>,
): void {
  const timer = setInterval(() => {
    Promise.all([forgetOver(db, now()), forgetPlaces(db, now())]).catch((error: unknown) =>
      log.debug({ err: error }, 'old counts could not be cleared away'),
    )
  }, SWEEP_EVERY_MS)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}

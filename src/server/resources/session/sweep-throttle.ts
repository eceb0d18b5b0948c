import type { FastifyInstance } from 'fastify'

import type { Deps } from '../../deps.ts'
import { forgetOver } from './throttle.ts'

const SWEEP_EVERY_MS = 15 * 60_000

/** Clears away counts whose time is over, as those of addresses that nobody signs in from would stay for ever. */
export function sweepThrottle(
  app: FastifyInstance,
  { connection: { db }, now, log }: Pick<Deps, 'connection' | 'now' | 'log'>,
): void {
  const timer = setInterval(() => {
    forgetOver(db, now()).catch((error: unknown) => log.debug({ err: error }, 'old counts could not be cleared away'))
  }, SWEEP_EVERY_MS)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}

import { EXIT, wrongUsage } from './exit-code.ts'
import type { Outcome } from './outcome.ts'
import { type Arguments, refuseExtra, required } from './read-arguments.ts'
import type { Surroundings } from './surroundings.ts'
import { countText, factsText, momentText } from './text.ts'

/**
 * `metadeck recover-owner`: for whoever can read the data of the server, and nobody else. No operation of the API does
 * this, so that no token and no session can. The server is loaded only now.
 */
export async function runRecoverOwner(
  { values, positionals }: Arguments<'recover-owner'>,
  { env }: Surroundings,
): Promise<Outcome> {
  refuseExtra(positionals)
  const email = required(values.email, '--email ADDRESS')
  if ((env['METADECK_URL']?.trim() ?? '') !== '') {
    throw wrongUsage('recover-owner works on the machine of the server only, not over HTTP. Unset METADECK_URL there.')
  }
  const [{ openData, requireConsoleUrl }, { migrate }, { makeRecoveryLink }] = await Promise.all([
    import('./open-local.ts'),
    import('../db/migrate.ts'),
    import('../resources/recovery/make-link.ts'),
  ])
  const { config, database } = await openData(env)
  try {
    // Before the link is made: it ends sessions and takes the place of an older one.
    const url = requireConsoleUrl(config)
    const { db } = database.connection
    await migrate(db)
    const resetsTwoStep = values['reset-two-step'] === true
    const made = await makeRecoveryLink(db, { email, resetsTwoStep }, new Date())
    const link = `${url}/recovery#${made.secret}`
    const expiresAt = made.expiresAt.toISOString()
    const { endedSessions } = made
    return {
      exit: EXIT.good,
      json: { email: made.email, link, expiresAt, resetsTwoStep, endedSessions },
      text: factsText({
        owner: made.email,
        link,
        'good until': `${momentText(expiresAt)}, for one use`,
        'second step': resetsTwoStep ? 'is taken away with the new password' : 'stays, if there is one',
        sessions: `${countText(endedSessions, 'session')} ended`,
      }),
    }
  } finally {
    await database.close()
  }
}

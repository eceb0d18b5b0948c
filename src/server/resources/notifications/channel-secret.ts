import type { ChannelSettings } from '#api/contract/notifications.ts'

import { invalidInput } from '../../errors.ts'
import { randomBase62 } from '../../ids.ts'

/** What a channel holds after it was saved; `made` is a new signing key, to be shown once. */
export interface ChosenSecret {
  /** Undefined = the stored one stays; null = there is none. */
  secret: string | null | undefined
  made: string | null
}

interface Sent {
  settings: ChannelSettings
  secret?: string | undefined
}

/** Of 62 characters each: about 238 bits. */
const SECRET_LENGTH = 40

/** The secret of a new channel; throws 400 where one is missing or has no use. */
export function newSecretOf({ settings, secret = '' }: Sent): ChosenSecret {
  if (settings.kind === 'webhook') {
    if (secret !== '') return { secret, made: null }
    const made = `whsec_${randomBase62(SECRET_LENGTH)}`
    return { secret: made, made }
  }
  if (settings.user !== '' && secret === '') {
    throw invalidInput('secret', 'The mail server is given a user and no password. Give both, or neither.')
  }
  if (settings.user === '' && secret !== '') {
    throw invalidInput('settings.user', 'The mail server is given a password and no user. Give both, or neither.')
  }
  return { secret: secret === '' ? null : secret, made: null }
}

/**
 * The secret of a channel that is changed. One that is not sent again stays only where it was meant for: whoever may
 * change an address must not learn by it what they could not read.
 */
export function changedSecretOf(before: { settings: ChannelSettings; hasSecret: boolean }, sent: Sent): ChosenSecret {
  const { settings, secret } = sent
  if (settings.kind !== before.settings.kind) {
    throw invalidInput(
      'settings.kind',
      'A channel stays a webhook or e-mail. Add another channel, and delete this one.',
    )
  }
  const wantsNone = settings.kind === 'email' && settings.user === ''
  if (secret !== undefined || wantsNone || !before.hasSecret) return newSecretOf(sent)
  if (placeOf(settings) !== placeOf(before.settings)) {
    throw invalidInput(
      'secret',
      settings.kind === 'webhook'
        ? 'The address is another one, and the signing key was not sent with it. Send the key again, or leave it empty for a new one.'
        : 'The mail server, its port, its security or its user is another one, and the password was not sent with it. Enter the password again.',
    )
  }
  return { secret: undefined, made: null }
}

/** What the secret is sent to, and how well it is covered on its way. */
function placeOf(settings: ChannelSettings): string {
  if (settings.kind === 'webhook') return settings.url
  const { host, port, security, user } = settings
  return JSON.stringify([host.toLowerCase(), port, security, user])
}

/** Throws 400 where the address holds what belongs into the secret. */
export function requireNoCredentials(settings: ChannelSettings): void {
  if (settings.kind !== 'webhook') return
  const { username, password } = new URL(settings.url)
  if (username === '' && password === '') return
  throw invalidInput(
    'settings.url',
    'The address holds a user or a password. Leave them out: receivers know Metadeck by the signature of its requests.',
  )
}

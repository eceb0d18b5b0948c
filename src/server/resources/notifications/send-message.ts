import type { Deps } from '../../deps.ts'
import type { Outcome, Outgoing, Sending } from './outcome.ts'
import { sendWebhook } from './send-webhook.ts'
import { type ChannelRow, settingsOf } from './store.ts'

/** Sends one message to one channel, once. Never throws; a failure is told in words. */
export async function sendMessage(
  { vault, version, now }: Pick<Deps, 'vault' | 'version' | 'now'>,
  channel: Pick<ChannelRow, 'settings' | 'sealed_secret'>,
  outgoing: Outgoing,
  more: Pick<Sending, 'signal'> = {},
): Promise<Outcome> {
  let secret: string | null
  try {
    secret = channel.sealed_secret === null ? null : vault.open(channel.sealed_secret)
  } catch {
    const message =
      'The secret of the channel cannot be read: it was stored under another master key. Save the channel with its secret again.'
    return { isDelivered: false, message, isFinal: true }
  }
  const settings = settingsOf(channel)
  const sending = { version, now, ...more }
  if (settings.kind === 'webhook') return sendWebhook({ url: settings.url, secret: secret ?? '' }, outgoing, sending)
  // Loaded only where there is a mailbox: it brings a whole library along.
  const { sendEmail } = await import('./send-email.ts')
  return sendEmail({ settings, password: secret }, outgoing, sending)
}

import { connect, type Socket } from 'node:net'

import { createTransport } from 'nodemailer'

import type { ChannelSettings } from '#api/contract/notifications.ts'

import { guardedLookup, requireAllowedHost } from '../../guarded-lookup.ts'
import { connectionFailure } from './connection-failure.ts'
import { emailText } from './email-text.ts'
import type { Outcome, Outgoing, Sending } from './outcome.ts'

type EmailSettings = Extract<ChannelSettings, { kind: 'email' }>

/** Mail servers keep strangers waiting. */
const TIMEOUT_MS = 30_000

/** Sends one message as one e-mail to all addresses of the channel. */
export async function sendEmail(
  channel: { settings: EmailSettings; password: string | null },
  outgoing: Outgoing,
  { version, signal, timeoutMs = TIMEOUT_MS }: Sending,
): Promise<Outcome> {
  const { settings } = channel
  const end = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])])
  const who = `The mail server ${settings.host}`
  try {
    const socket = await openSocket(settings, end)
    const info = await openTransport(channel, socket, timeoutMs).sendMail({
      ...messageOf(settings, outgoing, version),
      signal: end,
    })
    const refused = info.rejected.map(String)
    return {
      isDelivered: true,
      message: `${who} took the message for ${info.accepted.length} of ${settings.to.length} addresses.`,
      warning: refused.length === 0 ? null : `${who} refused these addresses: ${refused.join(', ')}.`,
    }
  } catch (error) {
    return refusalOf(error, who) ?? connectionFailure(end.aborted ? end.reason : error, who, timeoutMs)
  }
}

function openTransport({ settings, password }: Parameters<typeof sendEmail>[0], socket: Socket, timeoutMs: number) {
  const { host, port, security, user } = settings
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2' },
    ...(user === '' ? {} : { auth: { user, pass: password ?? '' }, forceAuth: true }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    socketCloseTimeout: 1_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    // Nodemailer would look the name up itself, and connect wherever it leads.
    getSocket: (_options, use) => use(null, { connection: socket }),
  })
}

function openSocket({ host, port }: EmailSettings, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    requireAllowedHost(host)
    const socket = connect({ host, port, lookup: guardedLookup, signal })
    // Stays for the life of the socket: until nodemailer listens too, a lost connection would end the process.
    socket.on('error', reject)
    socket.once('connect', () => resolve(socket))
  })
}

/** What is the same in every attempt has the same name and date: a mail program shows a repeated message once. */
function messageOf(settings: EmailSettings, { deliveryId, payload }: Outgoing, version: string) {
  const domain = settings.from.split('@').at(-1) ?? 'localhost'
  return {
    ...emailText(payload),
    from: { name: 'Metadeck', address: settings.from },
    to: settings.to,
    date: new Date(payload.at),
    messageId: `<metadeck.${deliveryId}.${Date.parse(payload.at)}@${domain}>`,
    xMailer: `Metadeck/${version}`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Metadeck-Event': payload.event,
      'X-Metadeck-Delivery': deliveryId,
    },
  }
}

interface SmtpError {
  code?: string
  /** Of the answer, such as 550. */
  responseCode?: number
  response?: string
  command?: string
}

/** What a mail server's own "no" means; undefined where there was none. */
function refusalOf(error: unknown, who: string): Outcome | undefined {
  const { code, responseCode, response = '', command = '' } = error as SmtpError
  if (responseCode === undefined) return undefined
  const detail = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  const answer = detail === undefined ? String(responseCode) : `${responseCode} ${detail}`
  return {
    isDelivered: false,
    message: `${who} ${refusalWords(code, command)} (${answer}).${responseCode < 500 ? ' It may take it later.' : ''}`,
    isFinal: responseCode >= 500,
  }
}

function refusalWords(code: string | undefined, command: string): string {
  if (code === 'EAUTH') return 'refused the user or the password'
  if (command === 'STARTTLS') return 'does not offer STARTTLS, which this channel demands'
  if (command === 'MAIL FROM') return 'refused the address that the message is from'
  if (command === 'RCPT TO') return 'refused all addresses that the message is for'
  if (command === 'DATA') return 'refused the message'
  return 'refused to talk'
}

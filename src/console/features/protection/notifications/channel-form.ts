import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'
import { type Channel, type ChannelSettings, NotificationEvent, type SaveChannel } from '#api/contract/notifications.ts'

import { EVENTS } from './channel-words.ts'

const Address = z.email()

/** What the dialog holds: the fields of both kinds at once, so that changing the kind loses nothing. */
export const ChannelForm = z
  .object({
    name: DisplayName,
    kind: z.enum(['webhook', 'email']),
    url: z.string().trim(),
    host: z.string().trim(),
    port: z.number('Give a port').int().min(1).max(65_535),
    security: z.enum(['tls', 'starttls', 'none']),
    user: z.string().trim(),
    from: z.string().trim(),
    /** Mailboxes with commas or line breaks between them. */
    to: z.string(),
    /** Empty in a change = the kept one stays; empty for a new webhook = one is made. */
    secret: z.string(),
    events: z.array(NotificationEvent).min(1, 'Choose at least one'),
    active: z.boolean(),
  })
  .superRefine((form, context) => {
    const need = (field: keyof typeof form, message: string): void => {
      context.addIssue({ code: 'custom', path: [field], message })
    }
    if (form.kind === 'webhook') {
      if (!/^https?:\/\/[^/]/.test(form.url) || !URL.canParse(form.url)) need('url', 'Begin with https:// or http://')
      return
    }
    if (form.host === '') need('host', 'Give the mail server, such as smtp.example.com')
    if (!Address.safeParse(form.from).success) need('from', 'Give an e-mail address')
    const boxes = mailboxes(form.to)
    if (boxes.length === 0 || boxes.some((box) => !Address.safeParse(box).success)) {
      need('to', 'Give e-mail addresses, separated by commas')
    }
  })
export type ChannelForm = z.infer<typeof ChannelForm>

export function mailboxes(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((box) => box.trim())
    .filter((box) => box !== '')
}

const EMPTY: ChannelForm = {
  name: '',
  kind: 'webhook',
  url: '',
  host: '',
  port: 587,
  security: 'starttls',
  user: '',
  from: '',
  to: '',
  secret: '',
  events: EVENTS,
  active: true,
}

export function formOf(channel: Channel | undefined): ChannelForm {
  if (channel === undefined) return EMPTY
  const { name, settings, events, active } = channel
  const fields = settings.kind === 'email' ? { ...settings, to: settings.to.join(', ') } : settings
  return { ...EMPTY, ...fields, name, events, active }
}

export function saveOf(form: ChannelForm): SaveChannel {
  const { name, events, active, secret } = form
  return { name, events, active, settings: settingsOf(form), ...(secret === '' ? {} : { secret }) }
}

function settingsOf({ kind, url, host, port, security, user, from, to }: ChannelForm): ChannelSettings {
  return kind === 'webhook' ? { kind, url } : { kind, host, port, security, user, from, to: mailboxes(to) }
}

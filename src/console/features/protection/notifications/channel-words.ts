import type { ChannelSettings, NotificationEvent } from '#api/contract/notifications.ts'

/** Each thing that can be told, as the form and the list name it. */
export const EVENT_WORDS: Record<NotificationEvent, { label: string; description: string }> = {
  failed: { label: 'Failed', description: 'A backup, a verification or a drill failed for good.' },
  missed: { label: 'Missed', description: 'A schedule did not run at its time.' },
  looks_wrong: { label: 'Looks wrong', description: 'A backup is whole, and far from what earlier ones held.' },
  size_jump: { label: 'Size jump', description: 'A backup is much smaller or larger than those before.' },
  token_expiring: { label: 'Token expires', description: 'A token that a schedule needs ends in 14, 7 or 1 days.' },
  password_reminder: { label: 'Prove the password', description: 'Nobody typed a schedule’s password for 90 days.' },
  recovered: { label: 'Works again', description: 'The first good backup after a failed one.' },
}

export const EVENTS = Object.keys(EVENT_WORDS) as NotificationEvent[]

/** `Failed, Missed and 3 more`. */
export function eventsWords(events: readonly NotificationEvent[]): string {
  if (events.length === EVENTS.length) return 'everything'
  const names = events.map((event) => EVENT_WORDS[event].label)
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}

/** Where a message goes: the host of a webhook (its path may be a secret), or the mailboxes. */
export function placeWords(settings: ChannelSettings): string {
  if (settings.kind === 'webhook') return URL.canParse(settings.url) ? new URL(settings.url).host : 'webhook'
  const [first, ...rest] = settings.to
  return rest.length === 0 ? (first ?? '') : `${first ?? ''} and ${rest.length} more`
}

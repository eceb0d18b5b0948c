import { TOKEN_LIFE_MAX_SECONDS } from '#api/contract/tokens.ts'

const hour = 3_600
const day = 24 * hour

export const EXPIRY_IDS = ['1h', '1d', '7d', '30d', '90d', '1y', 'date', 'never'] as const
export type ExpiryId = (typeof EXPIRY_IDS)[number]

export const EXPIRY_LABELS: Record<Exclude<ExpiryId, 'never'>, string> = {
  '1h': '1 h',
  '1d': '1 d',
  '7d': '7 d',
  '30d': '30 d',
  '90d': '90 d',
  '1y': '1 y',
  date: 'Date',
}

const SECONDS: Record<Exclude<ExpiryId, 'date' | 'never'>, number> = {
  '1h': hour,
  '1d': day,
  '7d': 7 * day,
  '30d': 30 * day,
  '90d': 90 * day,
  '1y': 365 * day,
}

/** Shortest life that the server takes. */
const minSeconds = 60

export type Life = { seconds: number | null } | { problem: string }

/** Seconds from now that a choice stands for; null = never. `date` is the text of a `datetime-local` input, in local time. */
export function lifeOf(expiry: ExpiryId, date: string, now: Date): Life {
  if (expiry === 'never') return { seconds: null }
  if (expiry !== 'date') return { seconds: SECONDS[expiry] }
  const seconds = Math.floor((new Date(date).getTime() - now.getTime()) / 1_000)
  if (Number.isNaN(seconds)) return { problem: 'Give a date and a time' }
  if (seconds < minSeconds) return { problem: 'Give a time that is still to come' }
  if (seconds > TOKEN_LIFE_MAX_SECONDS) return { problem: 'At most ten years from now' }
  return { seconds }
}

export interface ExpiryWords {
  text: string
  tone: 'neutral' | 'warning' | 'danger'
}

/** How long before its end a token is one that dies this week. */
const soonMs = 7 * day * 1_000

/** How urgent an expiry is; the relative time stands beside it. */
export function expiryWords(expiresAt: string | null, now: Date): ExpiryWords {
  if (expiresAt === null) return { text: 'never', tone: 'warning' }
  const left = new Date(expiresAt).getTime() - now.getTime()
  if (left <= 0) return { text: 'expired', tone: 'danger' }
  if (left <= day * 1_000) return { text: 'expires', tone: 'danger' }
  return { text: 'expires', tone: left <= soonMs ? 'warning' : 'neutral' }
}

/**
 * `in 7 d`, `in 14 mo`, `3 d ago`: one kind of words in the whole column, the date is beside it. Rounded: a token made for 7
 * days a moment ago ends in 7 days, not in 6.
 */
export function expiresText(expiresAt: string, now: Date): string {
  const left = (new Date(expiresAt).getTime() - now.getTime()) / 1_000
  const words = spanWords(Math.abs(left))
  return left > 0 ? `in ${words}` : `${words} ago`
}

/** Each unit with the seconds from which it is told. */
const UNITS = [
  { name: 'y', seconds: 365 * day, from: 730 * day },
  { name: 'mo', seconds: (365 / 12) * day, from: 99.5 * day },
  { name: 'd', seconds: day, from: 47.5 * hour },
  { name: 'h', seconds: hour, from: 59.5 * 60 },
  { name: 'min', seconds: 60, from: 60 },
] as const

function spanWords(seconds: number): string {
  const unit = UNITS.find(({ from }) => seconds >= from)
  return unit === undefined ? `${Math.round(seconds)} s` : `${Math.round(seconds / unit.seconds)} ${unit.name}`
}

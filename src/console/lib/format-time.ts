const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const localFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
const localZone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })
const utcFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const utcDayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const dayWithYearFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** A point in time relative to another: `just now`, `3 min ago`, `in 5 d`; after 30 days the date itself: `12 Nov`, `12 Nov 2025`. */
export function formatRelative(at: Date, now: Date): string {
  const distance = at.getTime() - now.getTime()
  const size = Math.abs(distance)
  if (size < 10 * second) return 'just now'
  if (size >= 30 * day) return formatDay(at, now)
  const words = relativeWords(size)
  return distance < 0 ? `${words} ago` : `in ${words}`
}

function relativeWords(size: number): string {
  if (size < minute) return `${Math.round(size / second)} s`
  if (size < hour) return `${Math.floor(size / minute)} min`
  if (size < 2 * day) return `${Math.floor(size / hour)} h`
  return `${Math.floor(size / day)} d`
}

/** The date, with its year only when that is not the present one. */
export function formatDay(at: Date, now: Date): string {
  return (at.getFullYear() === now.getFullYear() ? dayFormat : dayWithYearFormat).format(at)
}

/** `20 Nov`, of a day in UTC. */
export function formatUtcDay(at: Date): string {
  return utcDayFormat.format(at)
}

/** `20 Nov 2026, 02:00:14 CET`. */
export function formatLocal(at: Date): string {
  const zone = localZone.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value
  return `${localFormat.format(at)}${zone ? ` ${zone}` : ''}`
}

/** `20 Nov 2026, 01:00:14 UTC`. */
export function formatUtc(at: Date): string {
  return `${utcFormat.format(at)} UTC`
}

/** How long the relative text stays true, so that a list need not tick faster than its words change. */
export function relativeLifetimeMs(at: Date, now: Date): number {
  const size = Math.abs(at.getTime() - now.getTime())
  if (size < minute) return 5 * second
  if (size < hour) return 30 * second
  return 10 * minute
}

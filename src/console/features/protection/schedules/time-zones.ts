import type { SearchOption } from '#console/ui/choice-list.tsx'

/** The browser's own zone; UTC where it tells none. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

/**
 * Every zone of the IANA database that the browser knows, the given ones first. A zone that the browser does not list,
 * such as an old name that a schedule holds, is there too if it is given. Without offsets: to work out four hundred of
 * them takes a third of a second.
 */
export function timeZoneOptions(first: readonly string[]): SearchOption[] {
  const names = new Set([...first, 'UTC', ...Intl.supportedValuesOf('timeZone')])
  return [...names].map((name) => ({ value: name, label: name, keywords: name.replaceAll(/[_/]/g, ' ') }))
}

/** `UTC+01:00`; empty where the browser does not know the zone. */
export function offsetOf(timeZone: string, at: Date): string {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
    const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? ''
    return `UTC${offset === '' ? '+00:00' : offset}`
  } catch {
    return ''
  }
}

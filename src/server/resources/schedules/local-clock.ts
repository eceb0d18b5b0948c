const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** No clock was ever put back or forward by more in one go, but for changes of the date line. */
const SHIFT_MAX_MS = 3 * 3_600_000

/** The clock on the wall in one time zone. */
export interface LocalClock {
  /** `2026-03-29 03:00` */
  local(at: Date): string
  /** `+02:00` */
  offset(at: Date): string
  /** Minutes ahead of UTC. */
  offsetMinutes(at: Date): number
  /** Minutes that the clock was put forward by at this very moment; 0 where it was not. */
  jumpMinutes(at: Date): number
  /** True where the clock will show the same time once more, because it is put back in between. */
  comesAgain(at: Date): boolean
}

/** True for a zone of the IANA database, such as `Europe/Berlin`; offsets such as `+02:00` know no summer time. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The clock of a zone; throws RangeError for one that does not exist. */
export function localClock(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' })
  const offset = (at: Date): string => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    return name === 'GMT' ? '+00:00' : name.replace('GMT', '').slice(0, 6)
  }
  const exactMinutes = (at: Date): number => {
    const text = offset(at)
    return (text.startsWith('-') ? -1 : 1) * (Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6)))
  }
  const ofDays = new Map<number, number | null>()
  // Formatting is slow: for a day of UTC at whose ends the clock is the same, once is enough.
  const offsetMinutes = (at: Date): number => {
    const day = Math.floor(at.getTime() / DAY_MS)
    let minutes = ofDays.get(day)
    if (minutes === undefined) {
      const [first, last] = [day * DAY_MS, (day + 1) * DAY_MS - 1].map((time) => exactMinutes(new Date(time)))
      minutes = first === last ? (first ?? null) : null
      ofDays.set(day, minutes)
    }
    return minutes ?? exactMinutes(at)
  }
  return {
    offset,
    offsetMinutes,
    local: (at) => new Date(at.getTime() + offsetMinutes(at) * MINUTE_MS).toISOString().slice(0, 16).replace('T', ' '),
    jumpMinutes: (at) => Math.max(0, offsetMinutes(at) - offsetMinutes(new Date(at.getTime() - MINUTE_MS))),
    comesAgain(at) {
      const later = offsetMinutes(new Date(at.getTime() + SHIFT_MAX_MS))
      const backMs = (offsetMinutes(at) - later) * MINUTE_MS
      return backMs > 0 && offsetMinutes(new Date(at.getTime() + backMs)) === later
    },
  }
}

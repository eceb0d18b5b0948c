import { BadValue } from './bad-value.ts'

/** 0001-01-01 to 9999-12-31: what ISO text with four digits of year can say. */
const EARLIEST_MS = -62_135_596_800_000
const LATEST_MS = 253_402_300_799_999

const DAY = String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})`
const TIME = String.raw`(?<hour>\d{2}):(?<minute>\d{2})(:(?<second>\d{2})(\.(?<fraction>\d{1,9}))?)?`
const ZONE = String.raw`(?<zone>Z|z|(?<sign>[+-])(?<zoneHour>\d{2})(:?(?<zoneMinute>\d{2}))?)`
const MOMENT = new RegExp(`^${DAY}([T ]${TIME} ?${ZONE}?)?$`)
const DATE = new RegExp(`^${DAY}$`)

const MS_PER_MINUTE = 60_000

type Parts = Record<string, string | undefined>

/** Midnight UTC of a calendar day; undefined for a day that is not in the calendar (30 February, year 0). */
function dayMs(parts: Parts): number | undefined {
  const [year, month, day] = [Number(parts['year']), Number(parts['month']), Number(parts['day'])]
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const isSame = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isSame && year > 0 ? date.getTime() : undefined
}

function timeMs(parts: Parts): number | undefined {
  const [hour, minute, second] = [
    Number(parts['hour'] ?? 0),
    Number(parts['minute'] ?? 0),
    Number(parts['second'] ?? 0),
  ]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const fractionMs = Math.floor(Number(`0.${parts['fraction'] ?? '0'}`) * 1_000)
  const zoneMinutes = Number(parts['zoneHour'] ?? 0) * 60 + Number(parts['zoneMinute'] ?? 0)
  if (zoneMinutes > 18 * 60) return undefined
  const offsetMs = (parts['sign'] === '-' ? -zoneMinutes : zoneMinutes) * MS_PER_MINUTE
  return (hour * 3_600 + minute * 60 + second) * 1_000 + fractionMs - offsetMs
}

/** A moment as epoch milliseconds, from such a number, ISO text (UTC where no zone is said) or "now". */
export function toMoment(value: unknown, now: Date): number {
  if (value === 'now') return now.getTime()
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? parseMoment(value.trim()) : undefined
  if (ms === undefined || !Number.isInteger(ms)) {
    throw new BadValue('must be epoch milliseconds, ISO text such as 2026-11-21T18:05:57Z, or "now"')
  }
  if (ms < EARLIEST_MS || ms > LATEST_MS) throw new BadValue('must lie between the years 1 and 9999')
  return ms
}

function parseMoment(text: string): number | undefined {
  const parts = MOMENT.exec(text)?.groups
  if (parts === undefined) return undefined
  const [day, time] = [dayMs(parts), timeMs(parts)]
  return day === undefined || time === undefined ? undefined : day + time
}

/** A calendar day as `YYYY-MM-DD`, from such text or "now" (the day in UTC). */
export function toDate(value: unknown, now: Date): string {
  if (value === 'now') return now.toISOString().slice(0, 10)
  const text = typeof value === 'string' ? value.trim() : ''
  const parts = DATE.exec(text)?.groups
  if (parts === undefined || dayMs(parts) === undefined) throw new BadValue('must be a date such as 2026-11-21')
  return text
}

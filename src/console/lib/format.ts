/** The interface is written in English, so its numbers are too, whatever the browser prefers. */
const locale = 'en'

const number = new Intl.NumberFormat(locale)
const compactNumber = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
const signedPercent = new Intl.NumberFormat(locale, {
  style: 'percent',
  maximumFractionDigits: 0,
  signDisplay: 'exceptZero',
})

/** `12430` → `12,430`. */
export function formatNumber(value: number | bigint): string {
  return number.format(value)
}

/** `12430` → `12.4K`, for where there is no room. */
export function formatCompact(value: number): string {
  return compactNumber.format(value)
}

/** `0.214` → `21.4%`. */
export function formatPercent(ratio: number): string {
  return percent.format(ratio)
}

/** From here on a factor says more than a percentage. */
const MANY_TIMES = 10

/** The growth from one value to another: `+2%`, `-10%`, `0%`, `780×`; nothing when there was nothing to grow from. */
export function formatGrowth(before: number, after: number): string | undefined {
  if (before === 0) return undefined
  if (after >= MANY_TIMES * before) return `${number.format(Math.round(after / before))}×`
  // What is there is never told as nothing.
  const growth = (after - before) / before
  return signedPercent.format(after > 0 ? Math.max(-0.99, growth) : growth)
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Bytes in steps of 1,000 with at most three figures: `999 B`, `1.2 kB`, `21.4 MB`, `214 MB`. */
export function formatBytes(bytes: number): string {
  let value = Math.abs(bytes)
  let unit = 0
  // 999.5 would round to 1,000 of the smaller unit.
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1_000
    unit += 1
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1
  return `${bytes < 0 ? '-' : ''}${number.format(Number(value.toFixed(digits)))} ${byteUnits[unit] ?? 'PB'}`
}

/** `214000000` over 20 seconds → `10.7 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`
}

/** `one` or the plural, with the number: `1 row`, `12,430 rows`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`
}

/** A clock for something under way or done: `0:07`, `1:12`, `2:03:40`. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor((seconds % 3_600) / 60)
  const rest = String(seconds % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** A length of time in its two largest units at most: `340 ms`, `4.2 s`, `3 min 40 s`, `4 h`, `2 d 3 h`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 9_950) return `${Number((milliseconds / 1_000).toFixed(1))} s`
  const seconds = Math.round(milliseconds / 1_000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return twoUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 1_440) return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(minutes / 60)
  return twoUnits(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

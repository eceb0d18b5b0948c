const MS_PER_DAY = 86_400_000
const MS_PER_HOUR = 3_600_000
const MS_PER_MINUTE = 60_000
const MS_PER_SECOND = 1_000

const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

/**
 * Prepares writing moments (epoch milliseconds) as ISO text, for a hundred thousand of them: the calendar is asked once
 * a day, which `toISOString` would be each time, and the clock is plain arithmetic.
 */
export function createMomentWriter(): (value: unknown) => string {
  let day = Number.NaN
  let dayText = ''
  return (value) => {
    const ms = Number(value)
    const thisDay = Math.floor(ms / MS_PER_DAY)
    if (thisDay !== day) {
      day = thisDay
      dayText = new Date(day * MS_PER_DAY).toISOString().slice(0, -'00:00:00.000Z'.length)
    }
    const rest = ms - day * MS_PER_DAY
    const hour = two[Math.floor(rest / MS_PER_HOUR)]
    const minute = two[Math.floor(rest / MS_PER_MINUTE) % 60]
    const second = two[Math.floor(rest / MS_PER_SECOND) % 60]
    const fraction = rest % MS_PER_SECOND
    const ending = fraction === 0 ? '' : `.${String(fraction).padStart(3, '0')}`
    return `${dayText}${hour}:${minute}:${second}${ending}Z`
  }
}

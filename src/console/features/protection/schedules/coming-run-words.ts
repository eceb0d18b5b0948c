import type { ComingRun } from '#api/contract/schedules.ts'
import { ageWords } from '#console/lib/age-words.ts'

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})
const longDayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })

const FAR_MS = 30 * 86_400_000

/** So far away that a relative time would be the date, which stands there already. */
export const isFar = (at: string, now: Date): boolean => Date.parse(at) - now.getTime() >= FAR_MS

/** `in 41 d` */
export const farWords = (at: string, now: Date): string => `in ${ageWords((Date.parse(at) - now.getTime()) / 1_000)}`

/** A local wall clock time split for the reader: `{ day: 'Sun 29 Mar', time: '03:00' }`. */
export function localParts({ local }: Pick<ComingRun, 'local'>): { day: string; time: string } {
  const [date = '', time = ''] = local.split(' ')
  return { day: dayFormat.format(new Date(`${date}T00:00:00Z`)).replace(',', ''), time }
}

/**
 * What a change of the clocks does to a run, nothing where it does nothing. `wanted` is the time of day that was asked
 * for; an expression has none.
 */
export function clockNote({ local, note, offset }: ComingRun, wanted: string | undefined): string | undefined {
  if (note === null) return undefined
  const [date = '', time = ''] = local.split(' ')
  const day = longDayFormat.format(new Date(`${date}T00:00:00Z`))
  switch (note) {
    case 'skipped':
      return `${day}: ${wanted ?? 'the time'} does not exist that day; runs at ${time}`
    case 'repeated':
      return `${day}: ${time} comes twice that day; runs at the first`
    case 'offset_changes':
      return `${day}: the clocks have changed; ${time} is now at UTC${offset}`
  }
}

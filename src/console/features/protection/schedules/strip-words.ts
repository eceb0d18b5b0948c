import type { Retention, StripItem } from '#api/contract/schedules.ts'
import { formatBytes, formatCount, formatNumber } from '#console/lib/format.ts'

type Reason = StripItem['keptAs'][number]

const REASON_WORDS: Record<Reason, { letter: string; words: string }> = {
  monthly: { letter: 'M', words: 'monthly' },
  weekly: { letter: 'W', words: 'weekly' },
  daily: { letter: 'D', words: 'daily' },
  last: { letter: 'L', words: 'one of the last' },
  last_good: { letter: 'G', words: 'the last good one' },
  pinned: { letter: 'P', words: 'pinned' },
}
/** The rule that keeps it longest gives the letter. */
const ORDER: readonly Reason[] = ['pinned', 'monthly', 'weekly', 'daily', 'last', 'last_good']
/** More cells than that say nothing more. */
export const CELLS_MAX = 60
const DAY_MS = 86_400_000

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** One cell of the strip. */
export interface StripCell {
  key: string
  /** Empty = it goes at the next run. */
  letter: string
  words: string
}

/** What lies there now and what would lie there later, apart. */
export function splitStrip(strip: readonly StripItem[]): { coming: StripItem[]; present: StripItem[] } {
  return { coming: strip.filter(({ id }) => id === null), present: strip.filter(({ id }) => id !== null) }
}

/** Cells for archives that are there, with their dates. */
export function presentCells(items: readonly StripItem[]): StripCell[] {
  return items.map(({ id, at, keptAs }) => ({
    key: String(id),
    letter: letterOf(keptAs),
    words: `${dayFormat.format(new Date(at))}: ${reasonWords(keptAs)}`,
  }))
}

/** Cells for archives that will be there, with the age that each has after the newest one. */
export function comingCells(items: readonly StripItem[]): StripCell[] {
  const newest = new Date(items[0]?.at ?? 0).getTime()
  return items.map(({ at, keptAs }) => ({
    key: at,
    letter: letterOf(keptAs),
    words: `${ageOf(newest - new Date(at).getTime())}: ${reasonWords(keptAs)}`,
  }))
}

/** The letters in use with their words, in the order of the rules. */
export function legendOf(items: readonly StripItem[]): { letter: string; words: string }[] {
  const used = new Set(items.map(({ keptAs }) => letterOf(keptAs)))
  const rules = ORDER.map((reason) => REASON_WORDS[reason]).filter(({ letter }) => used.has(letter))
  return used.has('') ? [...rules, { letter: '', words: 'goes at the next run' }] : rules
}

/** `15 archives stay, the oldest about 6 months old.` */
export function stripSentence(coming: readonly StripItem[], retention: Retention): string {
  if (Object.values(retention).every((count) => count === 0)) return 'Every backup stays. Nothing is ever deleted.'
  const newest = coming[0]
  const oldest = coming.at(-1)
  if (newest === undefined || oldest === undefined) return ''
  const age = ageOf(new Date(newest.at).getTime() - new Date(oldest.at).getTime())
  const count = formatCount(coming.length, 'archive')
  return coming.length === 1 ? `${count} stays.` : `${count} stay; the oldest is ${age}.`
}

/** `About 365 MB: 15 times the 24.3 MB of the last good backup`. */
export function expectedSize(count: number, lastBytes: number): string {
  return `About ${formatBytes(count * lastBytes)}: ${formatNumber(count)} times the ${formatBytes(lastBytes)} of the last good backup`
}

function letterOf(keptAs: StripItem['keptAs']): string {
  const reason = ORDER.find((one) => keptAs.includes(one))
  return reason === undefined ? '' : REASON_WORDS[reason].letter
}

function reasonWords(keptAs: StripItem['keptAs']): string {
  if (keptAs.length === 0) return 'goes at the next run'
  return `stays, ${ORDER.filter((one) => keptAs.includes(one))
    .map((one) => REASON_WORDS[one].words)
    .join(', ')}`
}

function ageOf(ms: number): string {
  const days = Math.round(ms / DAY_MS)
  if (ms < DAY_MS / 2) return ms === 0 ? 'the newest' : `${formatCount(Math.round(ms / 3_600_000), 'hour')} old`
  if (days < 60) return `${formatCount(days, 'day')} old`
  return days < 730 ? `about ${Math.round(days / 30.4)} months old` : `about ${Math.round(days / 365)} years old`
}

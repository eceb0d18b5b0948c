import type { Protection } from '#api/contract/protection.ts'
import { ageAgainst, ageWords } from '#console/lib/age-words.ts'
import { formatCount, formatDuration } from '#console/lib/format.ts'

type State = Protection['state']

export interface StateWords {
  words: string
  tone: 'success' | 'warning' | 'danger'
  /** Why it is so, in one line; absent where the age of the newest good backup, which stands beside it, says all of it. */
  reason?: string
}

export const STATE_WORDS: Record<State, StateWords> = {
  protected: { words: 'Protected', tone: 'success' },
  late: { words: 'Late', tone: 'warning' },
  failing: { words: 'Failing', tone: 'danger', reason: 'The last run failed or looks wrong.' },
  paused: { words: 'Paused', tone: 'warning', reason: 'Its backups get older: all schedules pause.' },
  unscheduled: { words: 'No schedule', tone: 'warning', reason: 'Its backups get older: nothing takes the next one.' },
  unprotected: { words: 'Not protected', tone: 'danger', reason: 'What is lost here cannot be brought back.' },
}

/** How old the newest good backup is: `4 h old, wanted 24 h`, `No good backup, wanted every 24 h`; `4 h old` where nothing takes the next one. */
export function recoveryPointWords(ageSeconds: number | null, wantedSeconds: number | null): string {
  if (ageSeconds === null) {
    return wantedSeconds === null ? 'No good backup' : `No good backup, wanted every ${ageWords(wantedSeconds)}`
  }
  return ageAgainst(ageSeconds, wantedSeconds)
}

/** `A restore takes about 12 s, shown by a drill`; when that was stands behind it. */
export function restoreTimeWords({
  expectedRestoreMs,
  restoreShown,
}: Pick<Protection, 'expectedRestoreMs' | 'restoreShown'>): string {
  if (expectedRestoreMs === null) return 'Restore time not known: never rehearsed'
  const words = `A restore takes about ${formatDuration(expectedRestoreMs)}`
  return restoreShown ? `${words}, shown by ${restoreShown.by === 'drill' ? 'a drill' : 'a restore'}` : words
}

/** How bad it is, in one line: `2 of 5 workspaces are not protected, 1 is failing.` */
export function summaryWords(items: readonly Pick<Protection, 'state'>[]): { words: string; isGood: boolean } {
  const total = items.length
  if (total === 0) return { words: 'There is no workspace to protect yet.', isGood: true }
  const count = (state: State): number => items.filter((item) => item.state === state).length
  const parts = PARTS.map(([state, words]) => ({ count: count(state), words })).filter((part) => part.count > 0)
  const [first, ...rest] = parts
  if (first === undefined) {
    return {
      words: total === 1 ? 'Your workspace is protected.' : `All ${total} workspaces are protected.`,
      isGood: true,
    }
  }
  if (total === 1) return { words: `Your workspace is ${first.words}.`, isGood: false }
  const head = `${first.count} of ${formatCount(total, 'workspace')} ${first.count === 1 ? 'is' : 'are'} ${first.words}`
  const tail = rest.map((part) => `${part.count} ${part.count === 1 ? 'is' : 'are'} ${part.words}`)
  return { words: `${[head, ...tail].join(', ')}.`, isGood: false }
}

const PARTS: readonly [State, string][] = [
  ['unprotected', 'not protected'],
  ['failing', 'failing'],
  ['late', 'late'],
  ['unscheduled', 'without a schedule'],
  ['paused', 'paused'],
]

/** Every state but `protected` wants somebody to do something. */
export const needsAttention = ({ state }: Pick<Protection, 'state'>): boolean => state !== 'protected'

import type { Protection } from '#api/contract/protection.ts'
import { ageAgainst } from '#console/lib/age-words.ts'

/** A run takes a while: only after this much more is a backup late (`contract/protection.ts`). */
const GRACE_S = 1_800

export interface RecoveryPointWords {
  words: string
  tone: 'success' | 'warning' | 'danger' | 'muted'
  /** Share of the wanted age that has passed, at most 1; undefined where nothing says what is wanted. */
  share: number | undefined
}

const TONES: Record<Protection['state'], RecoveryPointWords['tone']> = {
  protected: 'success',
  late: 'danger',
  failing: 'danger',
  paused: 'warning',
  unscheduled: 'warning',
  unprotected: 'danger',
}

const WHY: Partial<Record<Protection['state'], string>> = {
  failing: 'the last run did not end well',
  paused: 'all schedules pause',
  unscheduled: 'no schedule',
}

/** How much would be lost if the workspace were lost now: `4 h old, wanted 24 h`. */
export function recoveryPointWords(
  { state, ageSeconds, wantedSeconds }: Pick<Protection, 'state' | 'ageSeconds' | 'wantedSeconds'>,
  passedSeconds = 0,
): RecoveryPointWords {
  if (ageSeconds === null) {
    const words = 'No good backup with rows: what is deleted or changed cannot be brought back'
    return { words, tone: 'danger', share: wantedSeconds === null ? undefined : 1 }
  }
  const age = ageSeconds + passedSeconds
  const isLate = wantedSeconds !== null && age > wantedSeconds + GRACE_S
  return {
    words: [ageAgainst(age, wantedSeconds), WHY[state]].filter((part) => part !== undefined).join(', '),
    tone: isLate ? 'danger' : TONES[state],
    share: wantedSeconds === null ? undefined : Math.min(1, age / wantedSeconds),
  }
}

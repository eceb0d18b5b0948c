import { isUnderWay, type RestoreChange, type RestoreRow } from '../resources/restores/store.ts'
import type { Progress } from './progress.ts'
import type { RestoreFigures } from './restore-figures.ts'

/** One attempt at a restore. */
export interface RestoreAttempt {
  /** Empty = none was given. */
  password: string
  /** Its reason says why the attempt ends early: `Cancelled`, `HandedBack`, or that whoever asked for it may not any more. */
  signal: AbortSignal
  figures: RestoreFigures
  progress: Progress<RestoreChange>
}

/** An attempt that goes on although it lost its lock: its restore was ended, or belongs to a later attempt. */
export class Superseded extends Error {
  override name = 'Superseded'

  constructor() {
    super('Another attempt has taken the restore over, or it was ended')
  }
}

/** True where the restore, as it is now, is still that of the attempt that began with `own`. */
export function isOwn(now: RestoreRow | undefined, own: Pick<RestoreRow, 'attempt'>): boolean {
  return now !== undefined && isUnderWay(now) && now.attempt === own.attempt
}

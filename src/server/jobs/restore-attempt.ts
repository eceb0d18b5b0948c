import type { RestoreChange } from '../resources/restores/store.ts'
import type { Progress } from './progress.ts'
import type { RestoreFigures } from './restore-figures.ts'

/** One attempt at a restore. */
export interface RestoreAttempt {
  /** Empty = none was given. */
  password: string
  /** Its reason says why the attempt ends early: `Cancelled` or `HandedBack`. */
  signal: AbortSignal
  figures: RestoreFigures
  progress: Progress<RestoreChange>
}

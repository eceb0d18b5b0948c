import type { StageTime } from '#api/contract/backups.ts'

import type { WriteProgress } from '../archive/write.ts'
import type { BackupChange } from '../resources/backups/store.ts'
import { StageClock } from './stage-clock.ts'

/** How far one attempt at a backup has come: what the row says, and the time and work of each stage. */
export class BackupFigures {
  readonly #clock: StageClock
  readonly #note: (change: BackupChange) => void
  #done = { rows: 0, bytes: 0 }
  #readBack = { rows: 0, bytes: 0 }

  /** `note` is told of every step; it must be quick. */
  constructor(now: () => Date, note: (change: BackupChange) => void) {
    this.#clock = new StageClock(now)
    this.#note = note
  }

  /** A step of writing the archive. */
  wrote({ stage, current, tablesDone, tablesTotal, rows }: WriteProgress): void {
    this.#done.rows = rows
    this.#enter(stage)
    this.#note({ stage, current, rows, tables_done: tablesDone, tables_total: tablesTotal })
  }

  /** The rows are written, and stored files follow. */
  files(): void {
    this.#enter('files')
    this.#note({ stage: 'files', current: null })
  }

  /** Bytes of the archive that have left for the store. */
  sent(bytes: number): void {
    this.#done.bytes = bytes
    this.#clock.note(this.#done)
    this.#note({ bytes })
  }

  /** The store has every byte and makes them safe. */
  storing(): void {
    this.#enter('storing')
    this.#note({ stage: 'storing', current: null })
  }

  verifying(bytes: number): void {
    this.#done.bytes = bytes
    this.#enter('verifying')
    this.#note({ stage: 'verifying', current: null, bytes })
  }

  /** What was read back so far; the row keeps the figures of the whole. */
  readBack(done: { rows?: number; bytes?: number }): void {
    this.#readBack = { ...this.#readBack, ...done }
    this.#clock.note(this.#total())
    this.#note({})
  }

  end(): void {
    this.#clock.end(this.#total())
  }

  get stages(): StageTime[] {
    return this.#clock.stages
  }

  #enter(stage: string): void {
    this.#clock.enter(stage, this.#done)
    this.#clock.note(this.#done)
  }

  #total(): { rows: number; bytes: number } {
    return { rows: this.#done.rows + this.#readBack.rows, bytes: this.#done.bytes + this.#readBack.bytes }
  }
}

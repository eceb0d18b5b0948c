import type { RestoreStage } from '#api/contract/restores.ts'

import type { ImportProgress } from '../archive/import.ts'
import type { BackupChange } from '../resources/backups/store.ts'
import type { RestoreChange } from '../resources/restores/store.ts'
import { StageClock } from './stage-clock.ts'

/** How far one attempt at a restore has come: what the row says, and the time and rows of each stage. */
export class RestoreFigures {
  readonly #clock: StageClock
  readonly #note: (change: RestoreChange) => void
  /** Rows of the stages that are done; each stage counts its own. */
  #before = 0
  #rows = 0
  #stage: RestoreStage = 'queued'
  #whole = { tables: 0, rows: 0 }

  /** `note` is told of every step; it must be quick. */
  constructor(now: () => Date, note: (change: RestoreChange) => void) {
    this.#clock = new StageClock(now)
    this.#note = note
  }

  /** The archive is read; rows so far, where they are counted. */
  checking(rows = 0): void {
    this.#enter('checking', rows)
    this.#note({ stage: 'checking', current: null, rows })
  }

  /** The safety backup is made; its row as it changes. */
  safety({ current, rows, tables_done, tables_total }: BackupChange = {}): void {
    this.#enter('safety', rows ?? this.#rows)
    this.#note({
      stage: 'safety',
      current: current ?? null,
      rows: this.#rows,
      tables_done: tables_done ?? 0,
      tables_total: tables_total ?? null,
      rows_total: null,
    })
  }

  /** A step of the import. */
  imported({ stage, current, tablesDone, tablesTotal, rows, rowsTotal }: ImportProgress): void {
    this.#whole = { tables: tablesTotal, rows: rowsTotal }
    this.#enter(stage, stage === 'rows' ? rows : 0)
    this.#note({ stage, current, rows, tables_done: tablesDone, tables_total: tablesTotal, rows_total: rowsTotal })
  }

  /** What was made is taken away: there is nothing to count. */
  swapping(): void {
    this.#enter('swapping', 0)
    this.#note({ stage: 'swapping', current: null, rows: 0, tables_done: 0, tables_total: null, rows_total: null })
  }

  /** The row of a restore that has done everything. */
  end(): RestoreChange {
    this.#clock.end(this.#total())
    const { tables, rows } = this.#whole
    return { tables_done: tables, tables_total: tables, rows, rows_total: rows, stages: this.stages }
  }

  /** The stages so far, as the row keeps them. */
  get stages(): string {
    return JSON.stringify(this.#clock.stages)
  }

  #enter(stage: RestoreStage, rows: number): void {
    if (stage !== this.#stage) {
      this.#clock.enter(stage, this.#total())
      this.#before += this.#rows
      this.#rows = 0
      this.#stage = stage
    }
    this.#rows = rows
    this.#clock.note(this.#total())
  }

  #total(): { rows: number; bytes: number } {
    return { rows: this.#before + this.#rows, bytes: 0 }
  }
}

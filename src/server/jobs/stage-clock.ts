import type { StageTime } from '#api/contract/backups.ts'

/** The stages of one run with their times and what was done in each. */
export class StageClock {
  readonly #now: () => Date
  #stages: StageTime[] = []
  #before = { rows: 0, bytes: 0 }

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Ends the stage that runs, and begins this one unless it is that already. Figures are of the whole run so far. */
  enter(stage: string, done: { rows: number; bytes: number }): void {
    if (this.#stages.at(-1)?.stage === stage) return
    this.end(done)
    this.#stages.push({ stage, at: this.#now().toISOString(), ms: null, rows: 0, bytes: 0 })
  }

  /** Ends the stage that runs. */
  end(done: { rows: number; bytes: number }): void {
    const last = this.#stages.at(-1)
    if (last === undefined || last.ms !== null) return
    last.ms = this.#now().getTime() - Date.parse(last.at)
    last.rows = done.rows - this.#before.rows
    last.bytes = done.bytes - this.#before.bytes
    this.#before = { ...done }
  }

  get stages(): StageTime[] {
    return this.#stages.map((stage) => ({ ...stage }))
  }
}

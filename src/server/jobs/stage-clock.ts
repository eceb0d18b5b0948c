import type { StageTime } from '#api/contract/backups.ts'

interface Done {
  rows: number
  bytes: number
}

/** The stages of one run with their times and what was done in each. Figures given to it are of the whole run so far. */
export class StageClock {
  readonly #now: () => Date
  #stages: StageTime[] = []
  #before: Done = { rows: 0, bytes: 0 }

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Ends the stage that runs, and begins this one unless it is that already. */
  enter(stage: string, done: Done): void {
    if (this.#stages.at(-1)?.stage === stage) return
    this.end(done)
    this.#stages.push({ stage, at: this.#now().toISOString(), ms: null, rows: 0, bytes: 0 })
  }

  /** Tells how far the stage that runs has come. */
  note(done: Done): void {
    const last = this.#stages.at(-1)
    if (last === undefined || last.ms !== null) return
    last.rows = done.rows - this.#before.rows
    last.bytes = done.bytes - this.#before.bytes
  }

  /** Ends the stage that runs. */
  end(done: Done): void {
    const last = this.#stages.at(-1)
    if (last === undefined || last.ms !== null) return
    this.note(done)
    last.ms = this.#now().getTime() - Date.parse(last.at)
    this.#before = { ...done }
  }

  get stages(): StageTime[] {
    return this.#stages.map((stage) => ({ ...stage }))
  }
}

import type { RowSample, TableDiff } from '#api/contract/diffs.ts'

import { fieldStart, fieldText, splitFields } from './csv-fields.ts'
import type { DifferenceVisitor } from './merge-rows.ts'

/** Columns that a sample shows beside the id. */
const SAMPLE_COLUMNS_MAX = 6
/** Characters of a value in a sample. */
const SAMPLE_TEXT_MAX = 200
/** Shown for a value that not everybody may see. */
const HIDDEN = '••••'
const EMPTY = Buffer.alloc(0)

const YEAR_0 = Date.parse('0000-01-01T00:00:00Z')
const YEAR_10000 = Date.parse('+010000-01-01T00:00:00Z')

/** How the compared records of a table read. */
interface RecordShape {
  /** Names of the fields, the id first. */
  names: readonly string[]
  /** Those whose values are not shown. */
  hidden: ReadonlySet<string>
  /** Place of the field that says when a row was made; -1 where there is none. */
  createdAt: number
}

type Values = Record<string, string | null>

/** Counts the differences of a table, over all data sources, and keeps a few of them. */
export class TableTally implements DifferenceVisitor {
  counts = { added: 0, changed: 0, removed: 0 }
  readonly samples: TableDiff['samples'] = { added: [], changed: [], removed: [] }
  /** Milliseconds since 1970; of a row that would be removed. */
  newestRemoved: number | null = null
  /** Of each kind. */
  readonly samplesMax: number
  readonly #shape: RecordShape

  constructor(shape: RecordShape, samplesMax: number) {
    this.#shape = shape
    this.samplesMax = samplesMax
  }

  added(archived: Buffer): void {
    this.counts.added += 1
    if (this.#isWanted('added')) this.#keep('added', splitFields(archived), null)
  }

  changed(archived: Buffer, live: Buffer): void {
    this.counts.changed += 1
    if (this.#isWanted('changed')) this.#keep('changed', splitFields(archived), splitFields(live))
  }

  removed(live: Buffer): void {
    this.counts.removed += 1
    const { createdAt } = this.#shape
    if (createdAt === -1 && !this.#isWanted('removed')) return
    const fields = splitFields(live)
    const made = fields[createdAt]
    if (made !== undefined) this.noteRemoved(momentOf(fieldText(made)))
    if (this.#isWanted('removed')) this.#keep('removed', null, fields)
  }

  /** Notes when a row was made that would be removed; times that no ISO text of four digits a year tells are left out. */
  noteRemoved(at: number | null): void {
    if (at !== null && at >= YEAR_0 && at < YEAR_10000 && (this.newestRemoved === null || at > this.newestRemoved))
      this.newestRemoved = at
  }

  #isWanted(effect: keyof TableDiff['samples']): boolean {
    return this.samples[effect].length < this.samplesMax
  }

  #keep(effect: keyof TableDiff['samples'], archived: readonly Buffer[] | null, live: readonly Buffer[] | null): void {
    const places = shownPlaces(archived, live, this.#shape.names.length)
    const id = (archived ?? live)?.[0]
    const sample: RowSample = {
      id: id === undefined ? '' : (fieldText(id) ?? ''),
      inArchive: archived === null ? null : this.#values(archived, places),
      now: live === null ? null : this.#values(live, places),
    }
    this.samples[effect].push(sample)
  }

  #values(fields: readonly Buffer[], places: readonly number[]): Values {
    const { names, hidden } = this.#shape
    return Object.fromEntries(
      places.map((place) => {
        const name = names[place] ?? ''
        const text = fieldStart(fields[place] ?? EMPTY, SAMPLE_TEXT_MAX)
        return [name, text !== null && hidden.has(name) ? HIDDEN : text]
      }),
    )
  }
}

/** Fields that a sample shows: those that differ, then the first ones. */
function shownPlaces(archived: readonly Buffer[] | null, live: readonly Buffer[] | null, count: number): number[] {
  const places = Array.from({ length: Math.max(0, count - 1) }, (_, at) => at + 1)
  if (archived === null || live === null) return places.slice(0, SAMPLE_COLUMNS_MAX)
  const isSame = (place: number): boolean => archived[place]?.equals(live[place] ?? EMPTY) === true
  const differing = places.filter((place) => !isSame(place))
  return [...differing, ...places.filter(isSame)].slice(0, SAMPLE_COLUMNS_MAX)
}

/** A `timestamptz` as PostgreSQL prints it in UTC; null for null, for infinity and for years before 1. */
function momentOf(text: string | null): number | null {
  const [, date, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00$/.exec(text ?? '') ?? []
  return date === undefined ? null : Date.parse(`${date}T${time}Z`)
}

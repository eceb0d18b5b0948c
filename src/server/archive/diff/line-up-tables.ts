import { idType } from '../../tables/definition.ts'
import type { WorkspaceContents } from '../snapshot.ts'
import type { TableNames } from './compare-definitions.ts'
import type { DefinitionSides } from './definition-sides.ts'
import type { KeyType } from './keys.ts'
import { isCreatedAt } from './live-rows.ts'
import { type ArchivedTable, pairTables, type TablePair } from './pair-tables.ts'
import { isHidden } from './table-shape.ts'
import { TableTally } from './table-tally.ts'

/** A table to compare, and the differences of its rows so far. */
export interface ComparedTable {
  pair: TablePair
  tally: TableTally
  /** Names of the columns that are compared: those of both sides, in the archive's order; the id first. */
  columns: string[]
  /** How the archive's rows are ordered. */
  keyType: KeyType
  /** False where no row of one side is a row of the other: the table is on one side only, or its ids are of two types. */
  isComparable: boolean
}

/** Sample rows of each kind in one answer, so that thousands of tables make no answer that fills the memory. */
const SAMPLES_MAX = 3_000

interface LineUp {
  tables: ComparedTable[]
  names: TableNames
}

/**
 * Pairs the tables of the two sides. `only` says places in the archive's list: then there are no other tables, and one
 * takes the place of its namesake only, as in a restore of chosen tables.
 */
export function lineUpTables(
  { manifest, contents, live }: DefinitionSides,
  only: readonly number[] | null,
  samples: number,
): LineUp {
  const archived = contents.definitions.flatMap((definition, at): ArchivedTable[] => {
    const listed = manifest.tables[at]
    return listed === undefined ? [] : [{ definition, listed }]
  })
  const pairs = pairTables(archived, live.definitions, only === null)
  const isWanted = (_pair: TablePair, at: number): boolean => only === null || only.includes(at)
  const wanted = pairs.filter(isWanted)
  const each = Math.min(samples, Math.ceil(SAMPLES_MAX / wanted.length))
  return { tables: wanted.map((pair) => toCompare(pair, each)), names: namesOf(pairs, live) }
}

function toCompare(pair: TablePair, samples: number): ComparedTable {
  const { archived, live } = pair
  const after = archived?.definition.columns ?? []
  const before = live?.columns ?? []
  const isComparable =
    archived !== null && live !== null && idType(archived.definition) === idType({ columns: [...before] })
  const own = archived === null ? before : after
  const compared = live === null ? own : own.filter(({ name }) => before.some((column) => column.name === name))
  const shape = {
    names: compared.map(({ name }) => name),
    hidden: new Set([...after, ...before].filter(isHidden).map(({ name }) => name)),
    createdAt: before.some(isCreatedAt) ? compared.findIndex(({ name }) => name === 'created_at') : -1,
  }
  return {
    pair,
    tally: new TableTally(shape, samples),
    columns: shape.names,
    keyType: idType({ columns: [...own] }),
    isComparable,
  }
}

/** A table that is on both sides is called as the archive calls it. */
function namesOf(pairs: readonly TablePair[], live: WorkspaceContents): TableNames {
  const byId = new Map(live.definitions.map(({ id, name }) => [id, name]))
  for (const pair of pairs) if (pair.archived && pair.live) byId.set(pair.live.id, pair.archived.definition.name)
  return {
    // The archive numbers its tables by their place, from 1; they come first here, in its order.
    archived: (place) => pairs[place - 1]?.archived?.definition.name ?? null,
    live: (id) => byId.get(id) ?? null,
  }
}

import { invalidInput, AppError } from '../errors.ts'
import type { ChosenParts } from './choose-parts.ts'
import { NOTHING_TOUCHED } from './import-request.ts'
import { listNames } from './list-names.ts'
import type { ReadContents } from './read-contents.ts'
import type { VerifiedArchive } from './verify.ts'

type Definitions = ReadContents['definitions']

/** Places of the named tables in the archive's list, each once. Case does not matter. Throws 400 for unknown names. */
export function chooseTables(definitions: Definitions, names: readonly string[]): number[] {
  const places = new Map(definitions.map(({ name }, at) => [name.toLowerCase(), at]))
  const unknown = names.filter((name) => !places.has(name.toLowerCase()))
  if (unknown.length > 0) {
    const list = listNames(unknown.map((name) => `"${name}"`))
    throw invalidInput('tables', `The backup holds no table named ${list}. Choose among the tables that it lists.`)
  }
  const chosen = new Set(names.map((name) => places.get(name.toLowerCase()) ?? 0))
  return [...chosen].toSorted((a, b) => a - b)
}

/** Names of the tables that each table of the archive refers to; itself left out, and tables that refer to none. */
export function dependenciesOf(definitions: Definitions): Record<string, string[]> {
  const entries = definitions.map(({ name, columns }, at) => {
    const targets = columns.flatMap(({ tableref_id: place }) => (place == null || place - 1 === at ? [] : [place - 1]))
    return [name, [...new Set(targets)].map((target) => definitions[target]?.name ?? '')] as const
  })
  return Object.fromEntries(entries.filter(([, targets]) => targets.length > 0))
}

/**
 * Throws 400 where a chosen table refers to one that is neither chosen nor among the tables of the target; `known` are
 * their names in lower case.
 */
export function requireTargets(definitions: Definitions, chosen: readonly number[], known: ReadonlySet<string>): void {
  const names = new Set(chosen.map((at) => definitions[at]?.name ?? ''))
  const dependencies = dependenciesOf(definitions)
  const missing = Object.fromEntries(
    [...names].flatMap((name) => {
      const lacking = (dependencies[name] ?? []).filter(
        (target) => !names.has(target) && !known.has(target.toLowerCase()),
      )
      return lacking.length === 0 ? [] : [[name, lacking]]
    }),
  )
  const sentences = Object.entries(missing).map(([name, lacking]) => {
    const list = lacking.map((target) => `"${target}"`).join(' and ')
    return `"${name}" needs ${list}: choose ${lacking.length === 1 ? 'it' : 'them'} too.`
  })
  if (sentences.length === 0) return
  const message = sentences.join(' ')
  throw new AppError('invalid_input', message, {
    payload: { param: 'tables', issues: [{ param: 'tables', message }], reason: 'missing_tables', missing },
  })
}

/** The archive with these tables and parts, and nothing else: what goes into a workspace or branch that is made. */
export function narrowArchive(
  archive: VerifiedArchive,
  chosen: readonly number[],
  parts: ChosenParts = NO_PARTS,
): VerifiedArchive {
  const { manifest, contents } = archive
  const places = new Map(chosen.map((at, place) => [at + 1, place + 1]))
  const tables = manifest.tables.filter((_table, at) => chosen.includes(at))
  const { groups, constructs, files } = parts
  const guids = new Set(groups.map(({ guid }) => guid))
  const definitions = contents.definitions.flatMap((definition, at) => {
    if (!chosen.includes(at)) return []
    const columns = definition.columns.map((column) => ({
      ...column,
      tableref_id: column.tableref_id == null ? null : (places.get(column.tableref_id) ?? null),
    }))
    const { apiGroupGuid: guid } = definition
    return [{ ...definition, columns, apiGroupGuid: guid !== null && guids.has(guid) ? guid : null }]
  })
  const rows = tables.flatMap((table) => table.rows).reduce((sum, { count }) => sum + count, 0)
  const parted = { apiGroups: groups.length, constructs: constructs.length, files: files.length }
  const counts = { ...manifest.counts, ...parted, tables: tables.length, rows }
  return {
    ...archive,
    manifest: { ...manifest, apiGroups: [], constructs: [], files, includesFiles: files.length > 0, tables, counts },
    contents: { ...contents, workspace: { description: '' }, apiGroups: groups, constructs, definitions },
  }
}

const NO_PARTS: ChosenParts = { groups: [], constructs: [], files: [], going: NOTHING_TOUCHED }

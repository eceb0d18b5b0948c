import { type Column, type Index, SEARCH_LANGUAGES, SPATIAL_OP, VECTOR_OPS } from '#api/contract/columns.ts'

import { invalidInput } from '../errors.ts'
import { isList, isStoredAsJson, VECTOR_SIZE_DEFAULT } from './column-type.ts'
import type { DefinitionInput, Report } from './definition.ts'
import { weightOf } from './index-sql.ts'
import { isNominal } from './nominal-index.ts'

/** Columns of one index at most, as PostgreSQL is built. */
const FIELDS_MAX = 32
/** Numbers of a vector in an HNSW index at most, as pgvector is built. */
const VECTOR_INDEX_MAX = 2_000
const TEXT_TYPES = new Set(['text', 'email', 'enum'])

/** What an index of a kind takes. */
interface KindRule {
  fieldsMax: number
  /** Why it cannot be on the column; undefined when it can. */
  refusal: (column: Column) => string | undefined
  /** What `op` may say, beside nothing. */
  ops: (column: Column) => readonly string[]
  /** The beginning of "… must be asc or desc." */
  opWords: string
}

const SORTED: KindRule = {
  fieldsMax: FIELDS_MAX,
  refusal: () => undefined,
  ops: () => ['asc', 'desc'],
  opWords: 'The order',
}

const words = (column: Column): string => (isList(column) ? `a list of ${column.type}` : column.type)

const RULES: Record<Exclude<Index['type'], 'primary'>, KindRule> = {
  btree: SORTED,
  unique: SORTED,
  gin: {
    fieldsMax: FIELDS_MAX,
    refusal: (column) =>
      isList(column) || isStoredAsJson(column)
        ? undefined
        : `A gin index takes lists and columns that hold JSON; "${column.name}" is ${words(column)}.`,
    // The language's reference spells the first one without its s.
    ops: (column) => (isStoredAsJson(column) ? ['jsonb_path_ops', 'jsonb_ops', 'jsonb_path_op'] : ['array_ops']),
    opWords: 'The operator class',
  },
  search: {
    fieldsMax: FIELDS_MAX,
    refusal: (column) =>
      TEXT_TYPES.has(column.type) && !isList(column)
        ? undefined
        : `A search index takes text columns; "${column.name}" is ${words(column)}.`,
    ops: () => ['A', 'B', 'C', 'D', 'asc', 'desc'],
    opWords: 'The weight of a search column',
  },
  spatial: {
    fieldsMax: FIELDS_MAX,
    refusal: (column) =>
      column.type.startsWith('geo_') && !isList(column)
        ? undefined
        : `A spatial index takes geo columns; "${column.name}" is ${words(column)}.`,
    ops: () => [SPATIAL_OP],
    opWords: 'The operator class',
  },
  vector: {
    fieldsMax: 1,
    refusal: vectorRefusal,
    ops: () => VECTOR_OPS,
    opWords: 'The operator class',
  },
}

function vectorRefusal(column: Column): string | undefined {
  if (column.type !== 'vector' || isList(column)) {
    return `A vector index takes a vector column; "${column.name}" is ${words(column)}.`
  }
  const size = column.vector?.size ?? VECTOR_SIZE_DEFAULT
  if (size <= VECTOR_INDEX_MAX) return undefined
  return `A vector index takes vectors of at most ${VECTOR_INDEX_MAX} numbers; "${column.name}" has ${size}.`
}

/** Checks every index of a definition against its columns. Whether the server has an extension is not asked here. */
export function checkIndexes(input: DefinitionInput, report: Report): void {
  const ids = new Set<string>()
  for (const [at, index] of input.indexes.entries()) {
    const path = `index.${at}`
    if (index.id !== undefined && ids.has(index.id)) report(`${path}.id`, `The index id ${index.id} is there twice.`)
    if (index.id !== undefined) ids.add(index.id)
    if (isNominal(index, input.columns)) continue
    if (index.type !== 'primary') checkFields(index, RULES[index.type], path, input.columns, report)
    else if (input.indexes.findIndex((other) => other.type === 'primary') === at) checkPrimary(index, path, report)
    else report(`${path}.type`, 'A table has one primary index.')
  }
}

/** The primary index is implied; it may be sent along as it is answered. */
function checkPrimary(index: Index, path: string, report: Report): void {
  const isOnId = index.fields.length === 1 && index.fields[0]?.name === 'id'
  if (!isOnId) report(`${path}.fields`, 'The primary index is the one on the column id.')
}

function checkFields(index: Index, rule: KindRule, path: string, columns: readonly Column[], report: Report): void {
  if (index.fields.length === 0) report(`${path}.fields`, 'An index needs a column.')
  if (index.fields.length > rule.fieldsMax) {
    const limit = rule.fieldsMax === 1 ? 'one column' : `${rule.fieldsMax} columns`
    report(`${path}.fields`, `A ${index.type} index has at most ${limit}.`)
  }
  for (const [at, field] of index.fields.entries()) {
    const fieldPath = `${path}.fields.${at}`
    if (index.fields.findIndex((other) => other.name === field.name) !== at) {
      report(`${fieldPath}.name`, `The column "${field.name}" is there twice.`)
    }
    const column = columns.find((candidate) => candidate.name === field.name)
    if (column === undefined) report(`${fieldPath}.name`, missingColumn(field.name))
    else checkField(field, rule, column, fieldPath, report)
  }
  if (index.type === 'search' && index.lang !== undefined && !SEARCH_LANGUAGES.some((known) => known === index.lang)) {
    report(`${path}.lang`, `The language must be one of ${SEARCH_LANGUAGES.join(', ')}.`)
  }
}

/** The hosted product keeps rows as one JSON value that exported indexes call `xdo`. */
function missingColumn(name: string): string {
  return name === 'xdo'
    ? 'There is no column "xdo": here each field is a column of its own. Only a gin index may name it, and alone.'
    : `There is no column named "${name}".`
}

function checkField(
  field: Index['fields'][number],
  rule: KindRule,
  column: Column,
  path: string,
  report: Report,
): void {
  const refusal = column.type === 'password' ? 'A password column cannot be indexed.' : rule.refusal(column)
  if (refusal !== undefined) {
    report(`${path}.name`, refusal)
    return
  }
  const ops = rule.ops(column)
  if (field.op === undefined || field.op === '' || ops.includes(field.op)) return
  report(`${path}.op`, `${rule.opWords} must be ${ops.join(' or ')}.`)
}

/** Operator classes of a gin index where none is said; the type of the column decides which one. */
const GIN_DEFAULTS = new Set([undefined, 'jsonb_path_ops', 'array_ops'])

/** What an index is to PostgreSQL: two that are equal in this are one index built twice. */
function physicalShape({ type, lang, fields }: Index): string {
  const shapes = fields.map((field) => {
    if (type === 'search') return [field.name, weightOf(field)]
    return [field.name, type === 'gin' && GIN_DEFAULTS.has(field.op) ? undefined : field.op]
  })
  return JSON.stringify([type, lang, shapes])
}

/**
 * Refuses an index that is another one over again, and a search index with the name of another. Those of `previous` may
 * stay: they were taken before. Both lists are in their normal form.
 */
export function refuseTwins(indexes: readonly Index[], previous: readonly Index[]): void {
  const shapes = indexes.map(physicalShape)
  const wasThere = (index: Index): boolean => previous.some(({ id, name }) => id === index.id && name === index.name)
  for (const [at, index] of indexes.entries()) {
    if (shapes.indexOf(shapes[at] ?? '') !== at && !previous.some(({ id }) => id === index.id)) {
      throw invalidInput(`index.${at}.fields`, 'The table has an index of this kind on the same columns already.')
    }
    if (index.type !== 'search' || !index.name || wasThere(index)) continue
    const isTaken = indexes.some(
      (other, place) => other.type === 'search' && other.name === index.name && (place < at || wasThere(other)),
    )
    if (isTaken) {
      throw invalidInput(`index.${at}.name`, `The table has a search index named "${index.name}". Choose another name.`)
    }
  }
}

/** One fact that differs. */
export interface Difference {
  /** Where it is: `description`, `columns.2.name`. */
  path: string
  kind: 'added' | 'removed' | 'changed'
  /** As text; undefined where it was not there. */
  before: string | undefined
  after: string | undefined
}

type Facts = Record<string, unknown>

/** What lies deeper stands as JSON. */
const DEPTH_MAX = 4
/** JSON that is no longer stands in one line. */
const LINE_MAX = 80

const isFacts = (value: unknown): value is Facts => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text of a value as it is shown: words as they are, yes and no, nothing as "none", everything else as JSON. */
export function valueText(value: unknown): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value === '' ? '(empty)' : value
  const line = JSON.stringify(value)
  return line.length > LINE_MAX ? JSON.stringify(value, null, 1) : line
}

/** What differs between two states of a thing, field by field; fields that are the same are left out. */
export function differences(before: Facts | null, after: Facts | null): Difference[] {
  return compare(before ?? {}, after ?? {}, '', 1)
}

function compare(before: Facts, after: Facts, prefix: string, depth: number): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key) => {
    const path = `${prefix}${key}`
    const was: unknown = before[key]
    const is: unknown = after[key]
    if (depth < DEPTH_MAX && isFacts(was) && isFacts(is)) return compare(was, is, `${path}.`, depth + 1)
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [difference(path, was, is)]
  })
}

function difference(path: string, was: unknown, is: unknown): Difference {
  const before = was === undefined ? undefined : valueText(was)
  const after = is === undefined ? undefined : valueText(is)
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return { path, kind, before, after }
}

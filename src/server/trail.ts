import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'

import { maskSecrets } from './mask-secrets.ts'
import type { Trail } from './route.ts'

/** A longer value is told by its size and hash, so that a record stays small. In characters of JSON. */
const VALUE_MAX = 8_192

type Content = Readonly<Record<string, unknown>>

/**
 * What differs between two states of a thing, for the audit record: `Object.assign(trail, changed(before, after))`.
 * Null where it was not there before, or is not there any more. Of lists whose items have names or ids (columns,
 * indexes) only the items that differ are told. Secrets are masked; where a secret changed, both sides show that.
 */
export function changed(before: object | null, after: object | null): Required<Pick<Trail, 'before' | 'after'>> {
  const was = contentOf(before)
  const is = contentOf(after)
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (key) => !isDeepStrictEqual(was[key], is[key]),
  )
  const pairs = keys.map((key) => [key, ...differingItems(was[key], is[key])] as const)
  return {
    before: before === null ? null : told(pairs.map(([key, value]) => [key, value])),
    after: after === null ? null : told(pairs.map(([key, , value]) => [key, value])),
  }
}

/** Undefined values and methods are nobody's state; dates are told as text. */
function contentOf(value: object | null): Content {
  return value === null ? {} : (JSON.parse(JSON.stringify(value)) as Content)
}

function told(entries: (readonly [string, unknown])[]): Record<string, unknown> {
  const masked = maskSecrets(Object.fromEntries(entries.filter(([, value]) => value !== undefined))) as Content
  return Object.fromEntries(Object.entries(masked).map(([key, value]) => [key, shortened(value)]))
}

function shortened(value: unknown): unknown {
  const text = JSON.stringify(value)
  if (text.length <= VALUE_MAX) return value
  return { omitted: 'too long', characters: text.length, sha256: createHash('sha256').update(text).digest('hex') }
}

/** Both lists without the items that are the same on both sides; other values as they are. */
function differingItems(before: unknown, after: unknown): [unknown, unknown] {
  const was = itemsByName(before)
  const is = itemsByName(after)
  if (was === null || is === null) return [before, after]
  const only = (items: Map<string, unknown>, others: Map<string, unknown>): unknown[] =>
    [...items].flatMap(([name, item]) => (isDeepStrictEqual(item, others.get(name)) ? [] : [item]))
  const differing: [unknown[], unknown[]] = [only(was, is), only(is, was)]
  // Only their order differs: that is told by the names.
  return differing.every((items) => items.length === 0) ? [[...was.keys()], [...is.keys()]] : differing
}

/** Null where an item has no name or id, or shares it. */
function itemsByName(value: unknown): Map<string, unknown> | null {
  if (!Array.isArray(value)) return null
  const names = value.map((item: unknown) => {
    if (typeof item !== 'object' || item === null) return null
    const { name, id } = item as Content
    return typeof name === 'string' ? name : typeof id === 'string' || typeof id === 'number' ? String(id) : null
  })
  const items = new Map(names.flatMap((name, at) => (name === null ? [] : [[name, value[at] as unknown] as const])))
  return items.size === value.length ? items : null
}

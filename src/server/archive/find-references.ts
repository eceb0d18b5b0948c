import type { ConstructKind } from '#xanoscript/construct-kinds.ts'

/** What a text names: a table, or a construct by its kind. */
export interface Reference {
  kind: 'table' | ConstructKind
  name: string
}

/** A name: in quotes of either kind, or a bare word. */
const NAME = String.raw`("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_][\w/]*)`
const QUOTED = String.raw`("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')`

/** Where a text of XanoScript names something, by what it is. */
const PLACES: readonly [Reference['kind'], RegExp][] = [
  ['table', new RegExp(String.raw`\bdb\.(?:bulk\.)?[a-z_]+\s+${NAME}`, 'g')],
  ['table', new RegExp(String.raw`\b(?:auth|table)\s*[=:]\s*${QUOTED}`, 'g')],
  ['function', new RegExp(String.raw`\bfunction\.(?:run|call)\s+${NAME}`, 'g')],
  ['task', new RegExp(String.raw`\btask\.call\s+${NAME}`, 'g')],
  ['addon', new RegExp(String.raw`\baddon\.call\s+${NAME}`, 'g')],
  ['middleware', new RegExp(String.raw`\bmiddleware\.call\s+${NAME}`, 'g')],
  ['realtime_channel', new RegExp(String.raw`\bchannel\s*[=:]\s*${QUOTED}`, 'g')],
]
/** Entries of a list of addons or middleware: `{name: "lines", ...}`. */
const ENTRY = new RegExp(String.raw`\bname\s*[=:]\s*${QUOTED}`, 'g')

/**
 * What a text of XanoScript names, found by the words in front of names and not by reading the language: names that are
 * made at run time are missed, and a name in a text or comment counts. Each once.
 */
export function findReferences(text: string): Reference[] {
  const found = new Map<string, Reference>()
  const add = (kind: Reference['kind'], name: string): void => {
    if (name !== '') found.set(`${kind} ${name}`, { kind, name })
  }
  for (const [kind, place] of PLACES) {
    for (const [, name = ''] of text.matchAll(place)) add(kind, unquoted(name))
  }
  for (const kind of ['addon', 'middleware'] as const) {
    if (!new RegExp(String.raw`\b${kind}\s*[=:]\s*[[{]`).test(text)) continue
    for (const [, name = ''] of text.matchAll(ENTRY)) add(kind, unquoted(name))
  }
  return [...found.values()]
}

function unquoted(name: string): string {
  return /^["']/.test(name) ? name.slice(1, -1).replaceAll(/\\(.)/g, '$1') : name
}

import type { z } from 'zod'

import type { FieldIssue } from '#api/contract/errors.ts'

/** Refused fields named in one answer; whoever sends more faults than that knows enough. */
const ISSUES_MAX = 50
/** A name that was sent may be as long as a body: so many characters of it are enough to find it. */
const NAME_MAX = 100

type RawIssue = Parameters<z.core.$ZodErrorMap>[0]

/** What a kind of value is called, and how to send one. */
const KINDS: Record<string, readonly [kind: string, todo: string]> = {
  string: ['a text', 'Send a text'],
  number: ['a number', 'Send a number'],
  int: ['a whole number', 'Send a number without a fraction'],
  boolean: ['true or false', 'Send true or false'],
  array: ['a list', 'Send a list'],
  object: ['an object', 'Send an object'],
  record: ['an object', 'Send an object'],
  null: ['null', 'Send null'],
}

/** Of what needs words of its own in its schema. */
const UNKNOWN = 'not a value that is taken here. See the reference of this operation'

/** What the forms of texts are called, by the name that the library gives them, with an example. */
const FORMATS: Record<string, string> = {
  email: 'not an e-mail address. Send one such as name@example.com',
  url: 'not a web address. Send one such as https://example.com',
  datetime: 'not a moment. Send ISO 8601 with a time zone, such as 2026-01-31T08:00:00Z',
  date: 'not a day. Send one such as 2026-01-31',
}

/**
 * The words for what a schema refuses, where it has none of its own: why, and what to send. They never repeat what was
 * sent: that may be a secret in the wrong field. Given to the validator, whose own words are for programmers.
 */
export function refusalWords(issue: RawIssue): string {
  const { code } = issue
  if (code === 'invalid_type') return wrongKind(issue.expected)
  if (code === 'invalid_value') return `not one of the values that are taken. Send ${oneOf(issue.values)}`
  if (code === 'too_small') return outOf('small', issue.origin, Number(issue.minimum), issue.inclusive !== false)
  if (code === 'too_big') return outOf('large', issue.origin, Number(issue.maximum), issue.inclusive !== false)
  if (code === 'invalid_format') return FORMATS[issue.format] ?? UNKNOWN
  return code === 'invalid_union' ? unionWords(issue) : UNKNOWN
}

function wrongKind(expected: string): string {
  const [kind, todo] = KINDS[expected] ?? []
  if (kind === undefined) return UNKNOWN
  return `not ${kind}. ${todo}`
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value))
  return words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
}

const UNITS: Record<string, readonly [fault: { small: string; large: string }, one: string, many: string]> = {
  string: [{ small: 'too short', large: 'too long' }, 'character', 'characters'],
  array: [{ small: 'too few', large: 'too many' }, 'entry', 'entries'],
  set: [{ small: 'too few', large: 'too many' }, 'entry', 'entries'],
}

function outOf(side: 'small' | 'large', origin: string, bound: number, isInclusive: boolean): string {
  const [fault, one, many] = UNITS[origin] ?? []
  if (fault !== undefined) {
    if (side === 'small' && bound === 1 && origin === 'string') return 'empty. Send a text'
    return `${fault[side]}. Send at ${side === 'small' ? 'least' : 'most'} ${bound} ${bound === 1 ? one : many}`
  }
  if (!isInclusive) return `too ${side}. Send a number ${side === 'small' ? 'above' : 'below'} ${bound}`
  return `too ${side}. Send ${bound} or ${side === 'small' ? 'more' : 'less'}`
}

/** The kinds and values that the forms take, where those are what differs; else what the first of them says. */
function unionWords({ errors }: { errors?: readonly (readonly z.core.$ZodIssue[])[] }): string {
  const own = (errors ?? []).flatMap((issues) => issues.filter(({ path }) => path.length === 0))
  const taken = new Set(own.flatMap(takenBy))
  if (taken.size < 2) return own[0]?.message ?? UNKNOWN
  return `none of the forms that are taken. Send ${[...taken].join(' or ')}`
}

function takenBy(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_value') return [oneOf(issue.values)]
  const kind = issue.code === 'invalid_type' ? KINDS[issue.expected]?.[0] : undefined
  return kind === undefined ? [] : [kind]
}

/** What was refused, by field, in the words of the API ("Missing param: name"); never empty. */
export function refusedFields(issues: readonly z.core.$ZodIssue[], value: unknown): [FieldIssue, ...FieldIssue[]] {
  // Words of one list have the same fault.
  const distinct = new Map(describeAll(issues, value).map((issue) => [issue.message, issue]))
  const [first, ...rest] = distinct.values()
  return [first ?? { param: '', message: 'The input is not valid.' }, ...rest]
}

/** So many of the faults: how many there are is up to whoever sent them. */
function describeAll(issues: readonly z.core.$ZodIssue[], value: unknown): FieldIssue[] {
  const described: FieldIssue[] = []
  for (const issue of issues) {
    if (described.length >= ISSUES_MAX) break
    described.push(...describe(issue, value))
  }
  return described.slice(0, ISSUES_MAX)
}

function describe(issue: z.core.$ZodIssue, value: unknown): FieldIssue[] {
  const sent = sentPath(value, issue.path)
  const param = paramOf(sent)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, ISSUES_MAX).map((key) => {
      const unknown = paramOf([...issue.path, key])
      return { param: unknown, message: `Unknown param: ${unknown}` }
    })
  }
  if (valueAt(value, sent) === undefined && param !== '') return [{ param, message: `Missing param: ${param}` }]
  if (issue.code === 'invalid_union') {
    const nested = closestForm(issue.errors)
    if (nested.length > 0) {
      return describeAll(
        nested.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
        value,
      )
    }
  }
  return [
    {
      param,
      message: param === '' ? wholeMessage(issue, value) : `Invalid value for param ${param}: ${issue.message}`,
    },
  ]
}

/** The dotted path of a field, each name of it cut to what is enough to find it. */
export function paramOf(path: readonly PropertyKey[]): string {
  return path.map((key) => cut(String(key))).join('.')
}

/** In whole characters. */
function cut(name: string): string {
  return name.length <= NAME_MAX
    ? name
    : `${name
        .slice(0, NAME_MAX)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
}

/** What the form of a union refuses that was most likely meant, as far as it is about what is in the value. */
function closestForm(forms: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const [closest] = forms
    .map((issues) => ({ issues, unknown: unknownKeys(issues), depth: depth(issues) }))
    .toSorted((a, b) => a.unknown - b.unknown || b.depth - a.depth)
  return (closest?.issues ?? []).filter(({ path, code }) => path.length > 0 || code === 'unrecognized_keys')
}

/** Of what was sent as a whole; a schema's own words are a sentence already. */
function wholeMessage({ code, message }: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'The request body is missing. Send an object as JSON.'
  return code === 'custom' ? message : `What was sent is ${message}.`
}

/** How many keys of the value a form does not know: the one that was meant knows the most. All where it takes no object. */
function unknownKeys(issues: readonly z.core.$ZodIssue[]): number {
  if (issues.some(({ path, code }) => path.length === 0 && code === 'invalid_type')) return Number.MAX_SAFE_INTEGER
  const counts = issues.map((issue) =>
    issue.path.length === 0 && issue.code === 'unrecognized_keys' ? issue.keys.length : 0,
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** A loop: of too many issues a call with all of them as arguments would end the stack. */
function depth(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((deepest, { path }) => Math.max(deepest, path.length), 0)
}

/** The path as far as the value goes that was sent: a list that is written as one text has no elements yet. */
function sentPath(value: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] {
  const end = path.findIndex((_key, at) => {
    const inner = valueAt(value, path.slice(0, at))
    return inner !== undefined && typeof inner !== 'object'
  })
  return end <= 0 ? path : path.slice(0, end)
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = (current as Record<PropertyKey, unknown>)[key]
  }
  return current
}

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DOCUMENTS, documentOf } from './construct-fixture.ts'
import { hasSetting } from './construct-grammar.ts'
import type { ConstructChanges, ConstructHeader } from './construct-header.ts'
import { type ConstructKind, QUERY_VERBS } from './construct-kinds.ts'
import { editConstruct } from './edit-construct.ts'
import { readConstruct } from './read-construct.ts'
import { storableText } from './storable-text-fixture.ts'

const anyText = storableText({ maxLength: 12 })
const someText = storableText({ minLength: 1, maxLength: 12 })
const aName = fc.oneof(
  fc.constantFrom('plain', 'a/b', 'a/{id}', 'verb', 'with space', 'ü🙂', '"', "it's", 'room/*', 'x{y}'),
  someText.filter((text) => text.trim() !== '' && !text.startsWith('/')),
)
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null })
const messaging = fc.record({ active: fc.boolean(), auth: fc.boolean() })

/** Changes with texts that are not empty where an empty one reads as none. */
const anyChanges: fc.Arbitrary<ConstructChanges> = fc.record(
  {
    name: aName,
    verb: fc.constantFrom(...QUERY_VERBS),
    description: maybe(anyText),
    docs: maybe(anyText),
    tags: maybe(fc.array(anyText, { maxLength: 3 })),
    guid: maybe(someText),
    active: maybe(fc.boolean()),
    apiGroup: someText,
    auth: maybe(someText.filter((text) => text !== 'none')),
    datasource: maybe(someText),
    datasources: maybe(fc.array(anyText, { maxLength: 3 })),
    target: someText,
    actions: maybe(fc.dictionary(fc.constantFrom('insert', 'delete', 'a b'), fc.boolean())),
    cache: maybe(
      fc.record({
        ttl: fc.nat(),
        input: fc.boolean(),
        auth: fc.boolean(),
        datasource: fc.boolean(),
        ip: fc.boolean(),
        headers: fc.array(anyText, { maxLength: 2 }),
        env: fc.array(anyText, { maxLength: 2 }),
      }),
    ),
    channel: fc.record({
      publicMessaging: messaging,
      privateMessaging: messaging,
      anonymousClients: fc.boolean(),
      nestedChannels: fc.boolean(),
      messageHistory: fc.constantFrom(0, 25, 50, 100, 250, 1000),
      authChannel: fc.boolean(),
      presence: fc.boolean(),
    }),
  },
  { requiredKeys: [] },
)

/** The settings of the changes that the kind has. */
function fitting(changes: ConstructChanges, kind: ConstructKind): ConstructChanges {
  const entries = Object.entries(changes).filter(([key]) => hasSetting(kind, key as keyof ConstructChanges))
  return Object.fromEntries(entries)
}

const NOTHING = { description: '', docs: '', tags: [], datasources: [], actions: {} }

/** The header that the changes ask for. */
function changed(header: ConstructHeader, changes: ConstructChanges): ConstructHeader {
  const wanted = Object.entries(changes).map(([key, value]) => [
    key,
    value ?? NOTHING[key as keyof typeof NOTHING] ?? null,
  ])
  return { ...header, ...Object.fromEntries(wanted) }
}

const aSource = fc
  .tuple(fc.constantFrom(...DOCUMENTS), fc.boolean())
  .map(([{ source }, isWindows]) => (isWindows ? source.replaceAll('\n', '\r\n') : source))

describe('an edit', () => {
  it('reads back as asked, and leaves the rest of the header', () => {
    fc.assert(
      fc.property(aSource, anyChanges, anyChanges, (source, one, other) => {
        const before = readConstruct(source)
        const first = fitting(one, before.kind)
        const second = fitting(other, before.kind)
        const edited = editConstruct(source, first)
        expect(readConstruct(edited)).toEqual(changed(before, first))
        expect(readConstruct(editConstruct(edited, second))).toEqual(changed(changed(before, first), second))
      }),
      { numRuns: 1000 },
    )
  })

  it('that changes nothing returns the very text', () => {
    fc.assert(
      fc.property(aSource, anyChanges, (source, changes) => {
        const edited = editConstruct(source, fitting(changes, readConstruct(source).kind))
        const { kind, input: _input, ...same } = readConstruct(edited)
        const settings = Object.entries(same).filter(([key]) => hasSetting(kind, key as keyof ConstructChanges))
        const { verb, apiGroup, target, channel, ...rest } = Object.fromEntries(settings) as typeof same
        const kept = { verb, apiGroup, target, channel }
        const known = Object.entries(kept).filter(([, value]) => value !== null && value !== undefined)
        expect(editConstruct(edited, { ...rest, ...Object.fromEntries(known) })).toBe(edited)
        expect(editConstruct(edited, {})).toBe(edited)
      }),
      { numRuns: 500 },
    )
  })

  it('touches nothing of what stands outside of the changed properties', () => {
    const source = documentOf('cart/{cart_id}/item')
    const edited = editConstruct(source, {
      name: 'basket',
      verb: 'PUT',
      description: 'New "words"',
      docs: 'Longer',
      tags: null,
      auth: null,
      guid: 'q-2',
    })
    const expected = source
      .replace('query "cart/{cart_id}/item" verb=POST', 'query "basket" verb=PUT')
      .replace(
        'description = "Adds an item" // trailing note\n',
        'description = "New \\"words\\"" // trailing note\n  docs = "Longer"\n',
      )
      .replace('  auth = "user"\n', '')
      .replace(`  tags = ["shop", 'cart']\n`, '')
      .replace('guid = "q-1"', 'guid = "q-2"')
    expect(edited).toBe(expected)
  })

  it('taken back gives the first text again', () => {
    const source = documentOf('nightly')
    const edited = editConstruct(source, { description: 'Sweeps', guid: 'g', tags: ['x'] })
    expect(edited).toContain('task nightly {\n  description = "Sweeps"\n  active = false\n')
    expect(edited).toContain('  tags = ["x"]\n  guid = "g"\n')
    expect(editConstruct(edited, { description: null, guid: null, tags: null })).toBe(source)
  })

  it('keeps settings inside of a property that are not known', () => {
    const source = documentOf('room/*')
    const { channel } = readConstruct(source)
    const edited = editConstruct(source, { ...(channel && { channel: { ...channel, presence: true } }) })
    expect(edited).toContain('retention: "kept"')
    expect(edited).toContain('public_messaging = {active: true, auth: false}\n')
    expect(readConstruct(edited).channel).toEqual({ ...channel, presence: true })
  })

  it('writes the line ends of the text', () => {
    const edited = editConstruct('task a {\r\n  stack {}\r\n}\r\n', { description: 'x', tags: ['y'] })
    expect(edited).toBe('task a {\r\n  description = "x"\r\n  stack {}\r\n  tags = ["y"]\r\n}\r\n')
  })

  it('takes the indentation of the other members', () => {
    expect(editConstruct('task a {\n\tstack {}\n}', { guid: 'g' })).toBe('task a {\n\tstack {}\n\tguid = "g"\n}')
  })

  const NO_CACHE = { ttl: 0, input: false, auth: false, datasource: false, ip: false, headers: [], env: [] }
  const NO_CACHE_TEXT = '{ttl: 0, input: false, auth: false, datasource: false, ip: false, headers: [], env: []}'
  const oneLine: [string, ConstructChanges, string][] = [
    ['task a {}', { description: 'x' }, 'task a {\n  description = "x"\n}'],
    [
      'task a { stack {} }',
      { description: 'x', guid: 'g' },
      'task a {\n  description = "x"\n stack {}\n  guid = "g"\n }',
    ],
    ['task a { active = true stack {} }', { active: null }, 'task a { stack {} }'],
    ['task a { tags = ["x"], guid = "g" }', { tags: null }, 'task a { guid = "g" }'],
    ['task a { guid = "g" }', { guid: null }, 'task a { }'],
    ['task a { guid = "g" } // end', { guid: null, docs: 'd' }, 'task a {\n  docs = "d"\n } // end'],
    [
      'query a verb=GET {tags = ["x"]guid = "g"}',
      { guid: null, cache: NO_CACHE },
      `query a verb=GET {tags = ["x"]\n  cache = ${NO_CACHE_TEXT}\n}`,
    ],
    ['query{id} verb=GET {}', { name: 'x' }, 'query"x" verb=GET {}'],
    ['query {id}verb=GET {}', { name: 'x' }, 'query "x"verb=GET {}'],
    ['task a{stack}', { name: 'b' }, 'task b{stack}'],
    ['task a{stack}', { name: 'b c' }, 'task "b c"{stack}'],
    ['task a {\n  guid = "g" // why\n}', { guid: null }, 'task a {\n  // why\n}'],
    ['task a {\n  guid =\n    "g"\n}', { guid: 'h' }, 'task a {\n  guid =\n    "h"\n}'],
  ]
  it.each(oneLine)('works on the short form %j with %j', (source, changes, expected) => {
    expect(editConstruct(source, changes)).toBe(expected)
    expect(readConstruct(expected)).toEqual(changed(readConstruct(source), changes))
  })

  it.each(['', ' ', '\n'])('refuses the name %j', (name) => {
    expect(() => editConstruct('task a {}', { name })).toThrow('needs a name (line 1, column 6)')
  })

  it('refuses a function named like an absolute path', () => {
    expect(() => editConstruct('function a {}', { name: '/x' })).toThrow('does not start with "/"')
  })

  it('refuses a setting that the kind does not have', () => {
    expect(() => editConstruct('task a {}', { auth: 'user' })).toThrow('A task has no setting "auth"')
    expect(editConstruct('task a {}', { auth: null })).toBe('task a {}')
  })
})

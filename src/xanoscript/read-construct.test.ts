import { describe, expect, it } from 'vitest'

import { DOCUMENTS, documentOf } from './construct-fixture.ts'
import { CONSTRUCT_KINDS } from './construct-kinds.ts'
import { XanoScriptError } from './position.ts'
import { readConstruct } from './read-construct.ts'

describe('a document', () => {
  it.each(DOCUMENTS)('of a $kind is read: $name', ({ kind, name, source }) => {
    expect(readConstruct(source)).toMatchObject({ kind, name })
  })

  it('is there for every kind', () => {
    expect(new Set(DOCUMENTS.map(({ kind }) => kind))).toEqual(new Set(CONSTRUCT_KINDS))
  })

  it.each(DOCUMENTS)('says the same with the line ends of Windows: $name', ({ source }) => {
    expect(readConstruct(source.replaceAll('\n', '\r\n'))).toEqual(readConstruct(source))
  })

  it('tells everything that a query says of itself', () => {
    const header = readConstruct(documentOf('cart/{cart_id}/item'))
    expect(header).toMatchObject({
      verb: 'POST',
      apiGroup: 'shop',
      description: 'Adds an item',
      docs: '',
      auth: 'user',
      tags: ['shop', 'cart'],
      guid: 'q-1',
      active: null,
      cache: {
        ttl: 60,
        input: true,
        auth: true,
        datasource: false,
        ip: false,
        headers: ['Accept-Language'],
        env: [],
      },
      channel: null,
    })
    expect(header.input.map((one) => [one.type, one.name, one.default?.text ?? null])).toEqual([
      ['int', 'cart_id', null],
      ['text', 'sku', null],
      ['int', 'amounts', '[1, 2]'],
      ['decimal', 'price', '-0.5'],
      ['enum', 'plan', 'free'],
      ['object', 'options', null],
      ['file', 'photos', null],
      ['dblink', '', null],
      ['dblink', '', null],
    ])
    expect(header.input[1]?.filters).toEqual([
      { name: 'trim', args: [] },
      { name: 'upper', args: [] },
      { name: 'pattern', args: ['^[A-Z]{2}-\\d+$'] },
    ])
    expect(header.input[2]).toMatchObject({ list: { min: 1, max: 10 }, default: { kind: 'expression' } })
    expect(header.input[5]?.children?.map((child) => child.name)).toEqual(['gift', 'extra'])
    expect(header.input[7]).toMatchObject({ table: 'cart_line', hidden: ['note'] })
    expect(header.input[8]).not.toHaveProperty('hidden')
  })

  it('tells what triggers, tasks and channels say of themselves', () => {
    expect(readConstruct(documentOf('on order'))).toMatchObject({
      target: 'order',
      actions: { insert: true, update: false, delete: true },
      datasources: ['live'],
    })
    expect(readConstruct(documentOf('joined'))).toMatchObject({ target: 'room/*', actions: { join: true }, input: [] })
    expect(readConstruct(documentOf('talk')).target).toBe('helper')
    expect(readConstruct(documentOf('served')).target).toBe('main')
    expect(readConstruct(documentOf('nightly'))).toMatchObject({ active: false, datasource: 'live' })
    expect(readConstruct(documentOf('room/*')).channel).toEqual({
      publicMessaging: { active: true, auth: false },
      privateMessaging: { active: false, auth: false },
      anonymousClients: true,
      nestedChannels: false,
      messageHistory: 250,
      authChannel: false,
      presence: false,
    })
  })

  it('reads a block text without its indentation', () => {
    expect(readConstruct(documentOf('tools/math/add 🧮')).description).toBe('Adds\n  two numbers')
  })

  it.each(['auth = ""', 'auth = "none"', ''])('is public with %s', (auth) => {
    expect(readConstruct(`query a verb=GET {\n${auth}\n}`).auth).toBeNull()
  })

  const names: [string, string][] = [
    ['a', 'a'],
    ['a/{id}/c', 'a/{id}/c'],
    ['{id}', '{id}'],
    ['"my path/ü 🙂"', 'my path/ü 🙂'],
    ["'a\\u00e9\\n'", 'aé\n'],
    ['grün/v1.2-b', 'grün/v1.2-b'],
    ['/login', '/login'],
    ['verb', 'verb'],
  ]
  it.each(names)('may be named %s', (text, name) => {
    expect(readConstruct(`query ${text} verb=HEAD {}`)).toMatchObject({ name, verb: 'HEAD' })
  })

  const kept: string[] = [
    'docs = "d", tags = ["x"]',
    'x = $a.b[0]["c"].0 ~ "t" |trim:"a"|!upper\n    |first\n tags = ["x"]',
    'x = ($a ?? 1) > 2 && !$b ? {a: 1} : [1 .. 2]\n tags = ["x"]',
    'x = `$a + "}"` tags = ["x"]',
    'x = ```\n  $a }\n  ``` tags = ["x"]',
    'x = !int "4" tags = ["x"]',
    'x = |uuid tags = ["x"]',
    'x = $db.a.b = 3 || $db.a.c not in [1, 2] tags = ["x"]',
    'x = $a -1 tags = ["x"]',
    'x = -$a tags = ["x"]',
    'x = $env.$http_headers.X-Trace-Id tags = ["x"]',
    'x = {"a b": 1, !c: 2, d.e: $a|get:"f":null}\n tags = ["x"]',
    'x = now tags = ["x"]',
    'x =\n\n  "late"\n\n // comment\n tags = ["x"]',
    'in = 1 like = 2 tags = ["x"]',
    'schedule = 1 test = 2 tags = ["x"]',
  ]
  it.each(kept)('reads past the expression %j', (text) => {
    const header = readConstruct(`function f {\n  ${text}\n  description = "after"\n}`)
    expect(header).toMatchObject({ tags: ['x'], description: 'after' })
  })
})

const refused: [string, string, string, number, number][] = [
  ['nothing at all', '', 'kind of the construct', 1, 1],
  ['another kind', 'agent a {\n}', 'Expected one of query', 1, 1],
  ['no name', 'function {\n}', 'needs a name', 1, 1],
  ['an empty name', 'query "" verb=GET {\n}', 'needs a name', 1, 7],
  ['a function named /x', 'function /x {\n}', 'does not start with "/"', 1, 10],
  ['a query without verb', 'query a {\n}', 'needs a verb', 1, 7],
  ['an unknown verb', 'query a verb=FETCH {\n}', 'not "FETCH"', 1, 14],
  ['a verb elsewhere', 'task a verb=GET {\n}', 'has no verb', 1, 13],
  ['a second construct', 'task a {\n}\ntask b {\n}', 'Only one construct', 3, 1],
  ['a multidoc', 'task a {\n}\n---\ntask b {\n}', 'without a line "---"', 3, 1],
  ['text after the end', 'task a {\n} x', 'nothing after it', 2, 3],
  ['a brace too many', 'task a {\n}}', 'nothing after it', 2, 2],
  ['the same property twice', 'task a {\n  x = 1\n  x = 1\n}', 'there twice', 3, 3],
  ['the same block twice', 'task a {\n  stack {}\n  stack {}\n}', 'there twice', 3, 3],
  ['input of a task', 'task a {\n  input {}\n}', 'A task has no "input"', 2, 3],
  ['a stack of a channel', 'realtime_channel a {\n  stack {}\n}', 'has no "stack"', 2, 3],
  ['a statement outside of the stack', 'task a {\n  while (true) {}\n}', 'Expected "="', 2, 9],
  ['a description that is no text', 'task a {\n  description = 1 + 1\n}', '"description" is a text', 2, 17],
  ['tags that are no list', 'task a {\n  tags = "x"\n}', '"tags" is a list', 2, 10],
  ['a tag that is no text', 'task a {\n  tags = ["x", $y]\n}', '"tags" is a text', 2, 16],
  ['a switch that is no bool', 'task a {\n  active = "yes"\n}', '"active" is true or false', 2, 12],
  ['a cache that is no object', 'query a verb=GET {\n  cache = 60\n}', '"cache" is an object', 2, 11],
  ['a time that is no count', 'query a verb=GET {\n  cache = {ttl: -1}\n}', '"ttl" is a whole number', 2, 17],
  ['actions that are no object', 'workspace_trigger a {\n  actions = true\n}', '"actions" is an object', 2, 13],
  ['an action that is no bool', 'workspace_trigger a {\n  actions = {x: 1}\n}', '"x" is true or false', 2, 17],
  ['a table trigger without table', 'table_trigger a {\n}', 'needs the property "table"', 1, 1],
  ['a realtime trigger without channel', 'realtime_trigger a {\n}', 'needs the property "channel"', 1, 1],
  ['an odd history', 'realtime_channel a {\n  settings = {message_history: 7}\n}', 'is one of 0, 25', 2, 32],
  ['else if', 'task a {\n  stack {\n    else if (x) {}\n  }\n}', 'write "elseif"', 3, 5],
  ['a hash comment', 'task a {\n  stack {\n    # no\n  }\n}', 'comments start with "//"', 3, 5],
  ['a slash-star comment', 'task a {\n  stack {\n    /* no */\n  }\n}', 'Unexpected "/*"', 3, 5],
  ['a foreign type', 'query a verb=GET {\n  input {\n    array x\n  }\n}', 'use a type with "[]"', 3, 5],
  ['a type that is a word of JavaScript', 'addon a {\n  input { constructor x }\n}', 'no type "constructor"', 2, 11],
  ['a test of a trigger', 'agent_trigger a {\n  test b {}\n}', 'An agent_trigger has no "test"', 2, 3],
  ['an open construct', 'task a {\n  stack {}\n', 'The "{" is not closed', 1, 8],
  ['an open stack', 'task a {\n  stack {\n    x (1]\n}\n}', 'Expected ")", found "]"', 3, 9],
  ['an open brace in a stack', 'task a {\n  stack {\n    var {\n  }\n}', 'The "{" is not closed', 1, 8],
  ['an open list', 'task a {\n  tags = ["x"', 'The "[" is not closed', 2, 10],
  ['an open parenthesis', 'task a {\n  x = ($a\n', 'The "(" is not closed', 2, 7],
  ['an open text', 'task a {\n  stack {\n    x = "abc\n  }\n}', 'The text is not closed', 3, 9],
  ['an open block text', 'task a {\n  x = """\n  abc\n}', 'not closed by """', 2, 7],
  ['an open backtick', 'task a {\n  x = `abc\n}', 'not closed by a backtick', 2, 7],
  ['a missing value', 'task a {\n  x = }', 'Expected a value', 2, 7],
  ['a missing operand', 'task a {\n  x = $a ~\n}', 'Expected a value', 2, 11],
  ['"=" in an object', 'task a {\n  x = {a = 1}\n}', 'Expected ":"', 2, 10],
  ['a key twice', 'task a {\n  x = {a: 1, a: 2}\n}', 'there twice', 2, 14],
  ['two values', 'task a {\n  x = 1 2\n}', 'the name of a property', 2, 9],
  ['two items', 'task a {\n  x = [1 2]\n}', 'Expected ","', 2, 10],
  ['an emoji as a statement', 'task a {\n  🙂\n}', 'Unexpected character "🙂"', 2, 3],
  ['a position behind CRLF', 'task a {\r\n  stack {}\r\n  ?\r\n}', 'found "?"', 3, 3],
]

describe('a broken document', () => {
  it.each(refused)('is refused with its place: %s', (_what, source, message, line, col) => {
    const error = caught(() => readConstruct(source))
    expect(error.message).toContain(message)
    expect({ line: error.line, col: error.col }).toEqual({ line, col })
  })
})

function caught(run: () => unknown): XanoScriptError {
  try {
    run()
  } catch (error) {
    if (error instanceof XanoScriptError) return error
    throw error
  }
  throw new Error('Nothing was thrown')
}

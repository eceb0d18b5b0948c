import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { FIELD_TYPES } from './parse-fields.ts'
import { XanoScriptError } from './position.ts'
import { storableText } from './storable-text-fixture.ts'
import { parseTable, printTable, type TableDocument } from './table-document.ts'
import type { TableField } from './table-field.ts'

const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null })
const anyText = storableText({ maxLength: 20 })
const name = fc.oneof(
  fc.constantFrom('id', 'true', 'schema', 'filters', 'my col', 'ü'),
  storableText({ minLength: 1, maxLength: 12 }),
)
const size = maybe(fc.nat({ max: 99 }))
const list = maybe(fc.record({ min: size, max: size }))
const literal = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('0.5', '-12.75', '9223372036854775807', 'true', 'false', 'now'),
)
const fieldDefault = fc.oneof(
  literal.map((text) => ({ kind: 'literal' as const, text })),
  anyText.map((text) => ({ kind: 'text' as const, text })),
  fc
    .oneof(fc.array(fc.jsonValue()), fc.dictionary(anyText, fc.jsonValue()))
    .map((value) => JSON.stringify(value))
    .filter((text) => !/\d{16}|\de[+-]?\d/i.test(text))
    .map((text) => ({ kind: 'json' as const, text })),
)
const filter = fc.oneof(
  fc.record({ name: fc.constantFrom('trim', '!lower'), args: fc.constant<string[]>([]) }),
  fc.record({ name: fc.constantFrom('min', 'startsWith', 'prevent'), args: fc.tuple(anyText) }),
  fc.record({ name: fc.constantFrom('!min', '!ok', '!@'), args: fc.array(anyText, { minLength: 1, maxLength: 2 }) }),
  fc.record({
    name: fc.constantFrom('pattern', '!pattern'),
    args: fc.tuple(fc.oneof(anyText, fc.constantFrom('^[a-z]{2,}$', 'a|b:c', '^ {2}x', '"q"', 'a //b', '#\\d+'))),
  }),
)

const { field } = fc.letrec<{ field: TableField }>((tie) => ({
  field: fc.record({
    name,
    type: fc.constantFrom(...FIELD_TYPES),
    list,
    nullable: fc.boolean(),
    optional: fc.boolean(),
    default: maybe(fieldDefault),
    filters: fc.uniqueArray(filter, { maxLength: 4, selector: (one) => one.name }),
    description: maybe(anyText),
    sensitive: maybe(fc.boolean()),
    table: maybe(anyText),
    values: maybe(fc.array(anyText, { maxLength: 4 })),
    size: maybe(fc.nat()),
    visibility: maybe(fc.constantFrom('public', 'private', 'internal')),
    children: maybe(
      fc.uniqueArray(tie('field'), { maxLength: 2, selector: (child) => child.name, depthIdentifier: 'field' }),
    ),
  }),
}))

const table: fc.Arbitrary<TableDocument> = fc.record({
  name: anyText,
  description: maybe(anyText),
  auth: maybe(fc.boolean()),
  guid: maybe(storableText({ minLength: 1, maxLength: 20 })),
  tags: fc.array(anyText, { maxLength: 3 }),
  fields: fc.uniqueArray(field, { maxLength: 4, selector: (one) => one.name }),
  index: fc.array(
    fc.record({
      type: fc.constantFrom('primary', 'btree', 'btree|unique', 'search'),
      fields: fc.array(fc.record({ name: anyText, op: maybe(anyText) }), { maxLength: 3 }),
      name: maybe(anyText),
      lang: maybe(anyText),
    }),
    { maxLength: 3 },
  ),
  view: maybe(
    fc.constantFrom(
      '{"All of it": {search: $db.t.a == 1 && $db.t.b in [1, 2], sort: {a: "asc"}, id: "x-1"}}',
      '{a: {}}',
    ),
  ),
})

describe('a table document', () => {
  it('reads back as it was written, whatever names, defaults, filters and texts it holds', () => {
    fc.assert(
      fc.property(table, (document) => {
        expect(parseTable(printTable(document))).toEqual(document)
      }),
      { numRuns: 500 },
    )
  })

  it('reads what exported code looks like', () => {
    const document = parseTable(`
// Orders of the shop.
table orders {
  auth = false
  schema {
    int id
    timestamp created_at?=now
    text[] labels?
    enum plan?=free filters=trim {
      values = ["free", "paid"]
    }
    int user_id { table = "user" }
    text code filters=trim|min:3|pattern:^[A-Z]{2}\\d+$ {
      description = """
        Two letters
        and digits
        """
      sensitive = true
    }
    object address { schema { text city } }
  }
  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree|unique", field: [{name: "code", op: "asc"}]}
  ]
  tags = ["shop"]
}`)
    expect(document.fields.map((one) => `${one.name}:${one.type}`)).toEqual([
      'id:int',
      'created_at:timestamp',
      'labels:text',
      'plan:enum',
      'user_id:int',
      'code:text',
      'address:object',
    ])
    expect(document.fields[3]).toMatchObject({ default: { kind: 'text', text: 'free' }, values: ['free', 'paid'] })
    expect(document.fields[5]).toMatchObject({
      description: 'Two letters\nand digits',
      filters: [
        { name: 'trim', args: [] },
        { name: 'min', args: ['3'] },
        { name: 'pattern', args: ['^[A-Z]{2}\\d+$'] },
      ],
    })
    expect(document.index).toHaveLength(2)
  })

  it('takes the constant null as default for none, not for the text "null"', () => {
    const { fields } = parseTable('table t {\n  schema {\n    text? a?=null\n    text b?="null"\n  }\n}')
    expect(fields.map((one) => one.default)).toEqual([null, { kind: 'text', text: 'null' }])
  })

  it('writes a default whose digits a number would lose as a text', () => {
    const document = parseTable('table t {\n  schema {\n    int[] a?=[9223372036854775807]\n    json b?=[1]\n  }\n}')
    const text = '[9223372036854775807]'
    expect(document.fields[0]?.default).toEqual({ kind: 'json', text })
    const printed = printTable(document)
    expect(printed).toContain('int[] a?="[9223372036854775807]"\n    json b?=[1]\n')
    expect(parseTable(printed).fields[0]?.default).toEqual({ kind: 'text', text })
  })

  it('keeps filters that are switched off in their place, and the range of a list', () => {
    const source = 'int[1:5] a filters=!min:2|max:9'
    const [one] = parseTable(`table t {\n  schema {\n    ${source}\n  }\n}`).fields
    expect(one).toMatchObject({
      list: { min: 1, max: 5 },
      filters: [
        { name: '!min', args: ['2'] },
        { name: 'max', args: ['9'] },
      ],
    })
  })

  it('takes an empty guid for none', () => {
    expect(parseTable('table t {\n  schema {}\n  guid = ""\n}').guid).toBeNull()
  })

  it('reads lists and objects as defaults', () => {
    const { fields } = parseTable(
      'table t {\n  schema {\n    json a?={b: [007, -0.5, x, "y"], c: {d: null, e: true}}\n    text[] f?=[]\n  }\n}',
    )
    expect(fields.map((one) => one.default)).toEqual([
      { kind: 'json', text: '{"b":[7,-0.5,"x","y"],"c":{"d":null,"e":true}}' },
      { kind: 'json', text: '[]' },
    ])
  })

  it('reads the line ends of Windows, also behind a pattern', () => {
    const source = 'table t {\n  schema {\n    text a filters=pattern:^x+$\n    text b?="y"\n  }\n}\n'
    expect(parseTable(source.replaceAll('\n', '\r\n'))).toEqual(parseTable(source))
  })

  const refused: [string, string, string, number, number][] = [
    ['a foreign type name', 'table t {\n  schema {\n    string a\n  }\n}', 'use text', 3, 5],
    ['a missing schema', 'table t {\n}', 'needs a schema', 1, 1],
    ['the same field twice', 'table t {\n  schema {\n    int a\n    int a\n  }\n}', 'there twice', 4, 5],
    ['the same property twice', 'table t {\n  auth = true\n  auth = true\n}', 'there twice', 3, 3],
    ['an unknown property', 'table t {\n  colour = "x"\n  schema {}\n}', 'no property "colour"', 2, 3],
    ['an expression for a text', 'table t {\n  schema {}\n  description = "a" ~ $b\n}', 'is a text', 3, 17],
    ['an expression as default', 'table t {\n  schema {\n    json a?=`$b`\n  }\n}', 'a list or an object', 3, 13],
    ['an expression in a default', 'table t {\n  schema {\n    json a?=[now]\n  }\n}', 'literals only', 3, 14],
    ['a link to a table', 'table t {\n  schema {\n    dblink { table = "u" }\n  }\n}', 'inputs only', 3, 5],
    ['a verb', 'table t verb=GET {\n  schema {}\n}', 'A table has no verb', 1, 14],
    ['a filter twice', 'table t {\n  schema {\n    text a filters=min:1|min:2\n  }\n}', '"min" twice', 3, 5],
    [
      'a message for a pattern',
      'table t {\n  schema {\n    text a filters=pattern:"x":"y"\n  }\n}',
      'one argument',
      3,
      5,
    ],
    ['a foreign filter', 'table t {\n  schema {\n    text a filters=default:1\n  }\n}', 'none of a column', 3, 5],
    [
      'a link by id and by name',
      'table t {\n  schema {\n    int a filters=@:dbo=1 { table = "b" }\n  }\n}',
      'write it once',
      3,
      5,
    ],
    ['an argument of a flag', 'table t {\n  schema {\n    text a filters=trim:1\n  }\n}', 'no argument', 3, 5],
    ['a link to no id', 'table t {\n  schema {\n    int a filters=@:user\n  }\n}', '@:dbo=12', 3, 5],
    ['a view that is no object', 'table t {\n  schema {}\n  view = "x"\n}', '"view" is an object', 3, 10],
    ['a stack', 'table t {\n  stack {}\n}', 'A table has no "stack"', 2, 3],
    ['"=" in an object', 'table t {\n  index = [{type = "x"}]\n}', 'Expected ":"', 2, 18],
    ['a hash comment', 'table t {\n  # no\n}', 'comments start with "//"', 2, 3],
    ['an open text', 'table t {\n  guid = "abc\n}', 'not closed', 2, 10],
    ['an open block', 'table t {\n  schema {', 'Expected the type', 2, 11],
    ['a second construct', 'table t {\n  schema {}\n}\ntable u {\n}', 'Only one construct', 4, 1],
    ['another kind', 'task t {\n}', 'Expected a table', 1, 1],
    ['nothing at all', '', 'kind of the construct', 1, 1],
  ]
  it.each(refused)('refuses %s and names the place', (_what, source, message, line, col) => {
    const error = caught(() => parseTable(source))
    expect(error.message).toContain(message)
    expect({ line: error.line, col: error.col }).toEqual({ line, col })
  })

  it('refuses nesting without end instead of running out of stack', () => {
    expect(caught(() => parseTable(`table t {\n index = ${'['.repeat(100_000)}`)).message).toContain('Nested deeper')
  })

  it('ends with a clear error for any text that is no document', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (source) => {
        try {
          parseTable(source)
        } catch (error) {
          expect(error).toBeInstanceOf(XanoScriptError)
        }
      }),
    )
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

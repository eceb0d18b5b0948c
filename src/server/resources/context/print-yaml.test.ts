import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

import type { Facts } from './field-facts.ts'
import { printYaml } from './print-yaml.ts'

test('lists and objects are indented, what has no value is left out, text is quoted only where it must be', async () => {
  const facts: Facts = {
    name: 'Shop',
    none: undefined,
    note: 'a: b',
    on: true,
    tables: [{ id: 1, name: 'yes', fields: [{ name: 'x' }, { name: 'y', values: ['a', '1', ''] }] }, {}],
    empty: [],
    text: 'one\n\n  two\n',
    last: { deep: null },
  }
  expect(await printYaml(facts)).toBe(`name: Shop
note: "a: b"
"on": true
tables:
- id: 1
  name: "yes"
  fields:
    - name: x
    - name: "y"
      values:
        - a
        - "1"
        - ""
- {}
empty: []
text: |
  one

    two
last:
  deep: null
`)
})

/** Texts that YAML has rules for, and any others. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', '\r', '#', ':', '-', '"', "'", '|', '{', '1', '\u{85}') }),
  fc.constantFrom(
    'null',
    '~',
    'NO',
    'on',
    '1e3',
    '0x1',
    '.5',
    '---',
    '...',
    '- a',
    '<<',
    '=',
    '2001-01-01',
    '1:30',
    '\\',
  ),
)
const { facts } = fc.letrec<{ fact: unknown; facts: Facts }>((tie) => ({
  fact: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('fact'), { maxLength: 4 }),
    tie('facts'),
  ),
  facts: fc.dictionary(text, tie('fact'), { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<Facts>,
}))

test.each(['1.1', '1.2'] as const)('whatever the facts are, YAML %s reads them back', async (version) => {
  await fc.assert(
    fc.asyncProperty(facts, async (value) => {
      const all = { value, list: [value, [value]] }
      expect(parse(await printYaml(all), { version })).toEqual(all)
    }),
    { numRuns: 1_000 },
  )
})

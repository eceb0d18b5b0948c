import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DOCUMENTS } from './construct-fixture.ts'
import { editConstruct } from './edit-construct.ts'
import { XanoScriptError } from './position.ts'
import { readConstruct } from './read-construct.ts'

/** What a mutation puts in: marks that open, close and end things, and anything else. */
const piece = fc.oneof(
  fc.constantFrom('{', '}', '[', ']', '(', ')', '"', "'", '`', '"""', '```', '\n', '\r\n', '//', '/*', '#', '|', '='),
  fc.constantFrom(
    '$',
    ',',
    ':',
    '?',
    '!',
    '.',
    '---',
    '\n---\n',
    '\\',
    '\0',
    '\u2028',
    '🙂',
    '\uD800',
    ' else if ',
    'in ',
  ),
  fc.constantFrom('', ' ', 'x', '1', '""', '{}', '[]', '()', ' x = 1 ', '\n', '\n\n', '// x\n', ' |x', ', ', 'stack'),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const mutation = fc.record({
  at: fc.nat(),
  cut: fc.oneof(fc.constant(0), fc.nat({ max: 30 })),
  text: piece,
})

function mutate(source: string, changes: readonly { at: number; cut: number; text: string }[]): string {
  return changes.reduce((text, { at, cut, text: added }) => {
    const start = at % (text.length + 1)
    return text.slice(0, start) + added + text.slice(start + cut)
  }, source)
}

/** Half a mebibyte of repetitions between a head and a tail. */
function large(head: string, part: string, tail: string): string {
  return head + part.repeat(Math.ceil(2 ** 19 / part.length)) + tail
}

/** Nested as deep as asked. */
function deep(depth: number, open: string, close: string): string {
  return open.repeat(depth) + close.repeat(depth)
}

function timeOf(run: () => unknown): number {
  const start = Date.now()
  run()
  return Date.now() - start
}

function errorOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return null
}

describe('a mutated document', () => {
  it('is read and edited, or refused with a place in the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENTS),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        ({ source }, changes) => {
          const text = mutate(source, changes)
          const error = errorOf(() => {
            const header = readConstruct(text)
            const edited = editConstruct(text, { description: 'edited', tags: ['x'] })
            expect(readConstruct(edited)).toEqual({ ...header, description: 'edited', tags: ['x'] })
            const bare = editConstruct(text, { description: null, tags: null, active: null, guid: null })
            expect(readConstruct(bare)).toEqual({ ...header, description: '', tags: [], active: null, guid: null })
          })
          if (error === null) return
          if (!(error instanceof XanoScriptError)) throw error
          const lines = text.split('\n')
          expect(error.line).toBeLessThanOrEqual(lines.length)
          expect(error.col).toBeLessThanOrEqual((lines[error.line - 1] ?? '').length + 1)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('is refused when it is cut anywhere before its last brace', () => {
    for (const { source } of DOCUMENTS) {
      for (let end = source.lastIndexOf('}'); end >= 0; end -= 7) {
        expect(errorOf(() => readConstruct(source.slice(0, end)))).toBeInstanceOf(XanoScriptError)
      }
    }
  })
})

describe('depth', () => {
  const nested: [string, (depth: number) => string][] = [
    ['blocks of a stack', (depth) => `task a {\n  stack {${deep(depth, ' if (x) {', '}')}}\n}`],
    ['lists', (depth) => `task a {\n  x = ${deep(depth, '[', ']')}\n}`],
    ['objects', (depth) => `task a {\n  x = ${'{a: '.repeat(depth)}1${'}'.repeat(depth)}\n}`],
    ['parentheses', (depth) => `task a {\n  x = ${'('.repeat(depth)}1${')'.repeat(depth)}\n}`],
    ['objects of inputs', (depth) => `addon a {\n  input {${deep(depth, ' object o { schema {', '}}')}}\n}`],
  ]
  it.each(nested)('of 100 %s is read, of 100000 refused', (_what, source) => {
    expect(readConstruct(source(100)).name).toBe('a')
    expect(errorOf(() => readConstruct(source(100_000)))).toMatchObject({
      name: 'XanoScriptError',
      message: expect.stringContaining('Nested deeper'),
    })
  })
})

const sizes: [string, string][] = [
  ['statements', large('task a {\n  stack {\n', '    var $x { value = $y|add:1 ~ "text" } // note\n', '  }\n}')],
  ['properties', propertiesOf(2 ** 15)],
  ['properties on one line', propertiesOf(2 ** 15).replaceAll('\n', ' ')],
  ['inputs', inputsOf(2 ** 14)],
  ['blank lines', large('task a {\n  x = 1\n', '\n', '}')],
  ['comment lines', large('task a {\n  x = 1\n', '// comment\n', '}')],
  ['blanks', large('task a {\n  x = 1', ' ', '\n}')],
  ['items, a line each', large('task a {\n  x = [\n', '1\n', ']\n}')],
  ['operators', large('task a {\n  x = 1', ' + 1', '\n}')],
  ['filters, a line each', large('task a {\n  x = 1', '\n  |add:1', '\n}')],
  ['block texts on one line', large('task a {\n  x = [', '"""a""",', ']\n}')],
  ['block text', large('task a {\n  x = """\n', '  line\n', '  """\n}')],
  ['text', large('task a {\n  x = "', 'a\\n', '"\n}')],
  ['backticks', large('task a {\n  x = `', '\\`a', '`\n}')],
  ['tests', large('function a {\n', '  test x { }\n', '}')],
  ['path of a name', large('function a', '/{b}', ' {}')],
  ['pattern with blanks', large('addon a {\n  input {\n    text a filters=pattern:', '  x', '\n}}')],
  ['pattern of blanks', large('addon a {\n  input {\n    text a filters=pattern:x', ' ', '{}\n}}')],
]

/** Lines that must all have different names. */
function propertiesOf(count: number): string {
  return `task a {\n${Array.from({ length: count }, (_, at) => `  x${at} = ${at}\n`).join('')}}`
}

function inputsOf(count: number): string {
  return `addon a {\n  input {\n${Array.from({ length: count }, (_, at) => `    int x${at}?=1 filters=min:1\n`).join('')}}}`
}

/**
 * Milliseconds: a hundred times what it takes, and still far below the minutes that it would take if the cost grew
 * with the square of the size.
 */
const PATIENCE = 15_000

describe('size', { timeout: 4 * PATIENCE }, () => {
  it.each(sizes)(
    'of half a mebibyte of %s is read and edited at a cost that grows with the size only',
    (_what, source) => {
      expect(source.length).toBeGreaterThan(350_000)
      expect(timeOf(() => readConstruct(source))).toBeLessThan(PATIENCE)
      expect(timeOf(() => editConstruct(source, { description: 'x', guid: 'g' }))).toBeLessThan(PATIENCE)
    },
  )

  it.each(['{', '(', '"', '`', '"""', '$', '//', ' |', '\\', '\n\n//', 'x = ', '[[', '{a:'])(
    'of half a mebibyte of %j is refused as fast',
    (part) => {
      const source = large('task a {\n', part, '')
      expect(timeOf(() => expect(errorOf(() => readConstruct(source))).toBeInstanceOf(XanoScriptError))).toBeLessThan(
        PATIENCE,
      )
    },
  )
})

describe('characters by number', () => {
  it.each(['\\u0000', '\\ud800', '\\udc00x', '\\ud800\\u0041'])('refuse %s, which nothing can store', (escape) => {
    const error = errorOf(() => readConstruct(`function a {\n  description = "x${escape}"\n}`))
    expect(error).toBeInstanceOf(XanoScriptError)
    expect(error).toMatchObject({ line: 2 })
  })

  it('take a pair for the one character that it is', () => {
    expect(readConstruct('function a {\n  description = "\\ud83d\\ude80"\n}').description).toBe('\u{1F680}')
  })
})

import { expect, it } from 'vitest'
import { z } from 'zod'

import { Column } from '#api/contract/columns.ts'

import type { AppError } from '../errors.ts'
import { readDocument } from './read-document.ts'

/** What the validator says by itself, in English. */
const LIBRARY = /invalid|expected|received|\bNaN\b|undefined|unrecognized|too (small|big):|\bzod\b|must match|✖|→/i

/** What is said of a definition that the schema refuses. */
function saidOf(schema: z.ZodType, value: unknown): string {
  try {
    readDocument('tables/1.xs', new Map([['tables/1.xs', JSON.stringify(value)]]), (text) =>
      schema.parse(JSON.parse(text)),
    )
  } catch (error) {
    expect(error as AppError).toMatchObject({ code: 'bad_archive', payload: { reason: 'bad_definition' } })
    return (error as Error).message
  }
  throw new Error('nothing was refused')
}

const columns = z.array(Column)

it('names every value that does not fit, where it stands and what would', () => {
  const values = [
    { name: '', type: 'int' },
    { name: 'a', type: 'money' },
    { name: 'b', type: 'int', description: 7, nullable: 'no' },
  ]
  expect(saidOf(columns, values)).toMatch(
    /^The definition "tables\/1\.xs" in the archive is not usable: 0\.name: empty; it takes a text\. 1\.type: not one of the values that are taken; it takes "int", .*2\.description: not a text; it takes a text\. 2\.nullable: not true or false; it takes true or false\. Nothing was changed\.$/,
  )
})

it('never speaks in the words of the validator', () => {
  const filters = { min: 1.5, order: [{ off: '-', args: 1 }, 'nope', 7], colour: 1 }
  const base = { name: 'a', type: 'int' }
  const broken = [
    7,
    [7],
    [{}],
    [{ ...base, filters }],
    [{ ...base, colour: 1 }],
    [{ ...base, name: 'x'.repeat(100) }],
    [{ ...base, name: 'a\nb' }],
    [{ ...base, default: {}, values: 'x', vector: { size: 'x' }, list_size: -1 }],
    [{ ...base, children: [{ name: 7 }], tableref_id: 'x', access: 'all' }],
    Array.from({ length: 30 }, () => ({})),
  ]
  for (const value of broken) expect(saidOf(columns, value)).not.toMatch(LIBRARY)
  const forms = z.union([z.literal('all'), z.array(z.number()), z.strictObject({ a: z.string().min(3) })])
  for (const value of ['x', ['x'], { a: '' }, { b: 1 }, 1]) expect(saidOf(forms, value)).not.toMatch(LIBRARY)
  expect(saidOf(forms, 'x')).toContain('none of the forms that are taken; it takes "all" or a list or an object')
  expect(saidOf(z.record(z.enum(['a']), z.email()), { b: 1, a: 'x' })).not.toMatch(LIBRARY)
})

it('keeps the words that a rule has of its own', () => {
  const even = z.number().refine((number) => number % 2 === 0, 'An odd number cannot be kept')
  expect(saidOf(z.object({ count: even }), { count: 3 })).toContain('count: An odd number cannot be kept. Nothing')
})

it('stays short, whatever the archive holds', () => {
  const many = saidOf(
    columns,
    Array.from({ length: 500 }, () => ({})),
  )
  expect(many).toContain('And ')
  expect(many.length).toBeLessThan(2_000)
  expect(saidOf(z.array(z.strictObject({})), [{ ['k'.repeat(100_000)]: 1 }]).length).toBeLessThan(300)
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CsvToCopy } from './csv-to-copy.ts'

/** A field as PostgreSQL reads it, and one of the ways to write it as CSV. */
const field = fc
  .tuple(
    fc.option(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.constantFrom('', 'a,b', 'say "hi"', 'two\nlines', '"', '\n', '\r\n', '\\.', '\\N', '\t', '\\', 'é', '""'),
      ),
    ),
    fc.boolean(),
  )
  .map(([text, isQuoted]) => ({ text, csv: text === null ? '' : csvOf(text, isQuoted) }))

function csvOf(text: string, isQuoted: boolean): string {
  return isQuoted || text === '' || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The text format as its documentation has it. */
function copyTextOf(text: string | null): string {
  if (text === null) return String.raw`\N`
  const names: Record<string, string> = { '\n': 'n', '\r': 'r', '\t': 't', '\\': '\\' }
  return text.replaceAll(/[\n\r\t\\]/g, (character) => `\\${names[character] ?? ''}`)
}

const rows = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 20 }))

function convert(csv: Buffer, sizes: readonly number[]): { text: string; converter: CsvToCopy } {
  const converter = new CsvToCopy()
  const out: Buffer[] = []
  for (let at = 0, turn = 0; at < csv.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    out.push(converter.push(csv.subarray(at, at + size)))
    at += size
  }
  return { text: Buffer.concat(out).toString(), converter }
}

describe('CSV as text of COPY', () => {
  it('every field stays what it is, however it is quoted and wherever a chunk ends', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, cuts, (records, sizes) => {
        const csv = records.map((record) => `${record.map((one) => one.csv).join(',')}\n`).join('')
        const wanted = records.map((record) => `${record.map((one) => copyTextOf(one.text)).join('\t')}\n`).join('')
        const { text, converter } = convert(Buffer.from(csv), sizes)
        expect(text).toBe(wanted)
        expect([converter.records, converter.isComplete]).toEqual([records.length, true])
      }),
    )
  })

  it('room is made where a text grows: nothing but nulls, nothing but tabs', () => {
    const nulls = convert(Buffer.from(`${','.repeat(5_000)}\n`), [100_000]).text
    expect(nulls).toBe(`${String.raw`\N`}${'\t\\N'.repeat(5_000)}\n`)
    expect(convert(Buffer.from(`${'\t'.repeat(5_000)}\n`), [100_000]).text).toBe(`${String.raw`\t`.repeat(5_000)}\n`)
  })

  it('a quote in the middle of a field opens and closes as PostgreSQL has it', () => {
    expect(convert(Buffer.from('a"b,c"d,"e" "f"\n'), [1]).text).toBe('ab,cd\te f\n')
  })

  it('a text that ends in the middle of a record is told apart', () => {
    for (const csv of ['1,a\n2', '"a\n', '"a']) expect(convert(Buffer.from(csv), [1]).converter.isComplete).toBe(false)
  })

  it('a carriage return outside of quotes, which no backup writes, is refused', () => {
    expect(() => convert(Buffer.from('1,a\r\n'), [1])).toThrow('damaged')
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CsvCounter } from './csv.ts'

const field = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', 'a,b', 'say "hi"', 'two\nlines', '"', '\n', '\r\n', '\\.'),
)
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }))

function csv(records: readonly string[][]): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  return records.map((record) => `${record.map(quoted).join(',')}\n`).join('')
}

/** Cuts a text into chunks of these sizes, over and over. */
function chunksOf(text: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    chunks.push(text.subarray(at, at + size))
    at += size
  }
  return chunks
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

describe('CSV in chunks', () => {
  it('records are counted right, wherever quotes and chunks begin and end', () => {
    fc.assert(
      fc.property(table, sizes, (records, cuts) => {
        const counter = new CsvCounter()
        for (const chunk of chunksOf(Buffer.from(csv(records)), cuts)) counter.push(chunk)
        expect(counter.records).toBe(records.length)
        expect(counter.isComplete).toBe(true)
      }),
    )
  })

  it('a text that ends in the middle of a record is told apart', () => {
    for (const text of ['id\n1', 'id\n"1\n', 'id']) {
      const counter = new CsvCounter()
      counter.push(Buffer.from(text))
      expect(counter.isComplete).toBe(false)
    }
  })

  it('long quoted texts and long texts without quotes are counted as short ones are', () => {
    const long = 'x\n,'.repeat(5_000)
    const text = csv([['id'], [long], ['1']]) + `${'1\n'.repeat(9_000)}"${long}"\n${'2\n'.repeat(9_000)}`
    for (const size of [1_000, 4_096, 65_536, 1_000_000]) {
      const counter = new CsvCounter()
      for (const chunk of chunksOf(Buffer.from(text), [size])) counter.push(chunk)
      expect([counter.records, counter.isComplete]).toEqual([18_004, true])
    }
  })
})

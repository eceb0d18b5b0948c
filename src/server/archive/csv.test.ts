import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CsvCounter, CsvSplitter } from './csv.ts'

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

  it('parts are cut between records, repeat the header, and are the whole text again without it', () => {
    fc.assert(
      fc.property(table, sizes, fc.integer({ min: 1, max: 120 }), (records, cuts, partBytes) => {
        const text = Buffer.from(csv(records))
        const header = csv(records.slice(0, 1))
        const splitter = new CsvSplitter(partBytes)
        const parts = [...chunksOf(text, cuts).map((chunk) => splitter.push(chunk)), splitter.end()].filter(
          (part) => part !== undefined,
        )
        const bodies = parts.map(({ chunks }) => Buffer.concat(chunks).toString())
        expect(bodies.every((body) => body.startsWith(header))).toBe(true)
        expect(header + bodies.map((body) => body.slice(header.length)).join('')).toBe(text.toString())
        expect(parts.map(({ rows }) => rows).reduce((sum, rows) => sum + rows, 0)).toBe(records.length - 1)
        for (const [at, body] of bodies.entries()) {
          const counter = new CsvCounter()
          counter.push(Buffer.from(body))
          expect([counter.isComplete, counter.records - 1]).toEqual([true, parts[at]?.rows])
        }
        expect(splitter.rows).toBe(records.length - 1)
      }),
    )
  })

  it('a table without rows is one part with the header alone', () => {
    const splitter = new CsvSplitter(10)
    splitter.push(Buffer.from('id,name\n'))
    expect(splitter.end()).toMatchObject({ rows: 0, chunks: [Buffer.from('id,name\n')] })
  })

  it('rows that end in the middle of one are an error', () => {
    const splitter = new CsvSplitter(10)
    splitter.push(Buffer.from('id\n1\n2'))
    expect(() => splitter.end()).toThrow('in the middle')
  })
})

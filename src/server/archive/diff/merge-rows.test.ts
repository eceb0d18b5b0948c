import { randomUUID } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fieldText, splitFields } from './csv-fields.ts'
import type { KeyType } from './keys.ts'
import { mergeRows } from './merge-rows.ts'
import { chunksOf, RecordStream } from './record-stream.ts'

type Rows = Map<string, (string | null)[]>

/** As PostgreSQL writes CSV: null without quotes, quotes around what needs them. */
function csvField(text: string | null): string {
  if (text === null) return ''
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function csvOf(rows: Rows): string {
  return [...rows].map(([id, fields]) => `${[id, ...fields].map(csvField).join(',')}\n`).join('')
}

async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield Buffer.from(bytes.subarray(at, at + size))
    at += size
  }
}

function streamOf(text: string, sizes: readonly number[] = [65_536]): RecordStream {
  return new RecordStream(chunksOf(inPieces(Buffer.from(text), sizes)), 'orders')
}

interface Found {
  added: string[]
  changed: string[]
  removed: string[]
}

async function merge(archive: RecordStream, live: RecordStream, type: KeyType = 'int'): Promise<Found> {
  const found: Found = { added: [], changed: [], removed: [] }
  await mergeRows(archive, live, type, {
    added: (archived) => found.added.push(archived.toString()),
    changed: (archived, now) => found.changed.push(`${archived.toString()} | ${now.toString()}`),
    removed: (now) => found.removed.push(now.toString()),
  })
  return found
}

/** The same by looking everything up in memory. */
function naive(archive: Rows, live: Rows): Found {
  const lineOf = (rows: Rows, id: string): string => csvOf(new Map([[id, rows.get(id) ?? []]])).slice(0, -1)
  const both = [...archive.keys()].filter((id) => live.has(id))
  return {
    added: [...archive.keys()].filter((id) => !live.has(id)).map((id) => lineOf(archive, id)),
    changed: both
      .filter((id) => lineOf(archive, id) !== lineOf(live, id))
      .map((id) => `${lineOf(archive, id)} | ${lineOf(live, id)}`),
    removed: [...live.keys()].filter((id) => !archive.has(id)).map((id) => lineOf(live, id)),
  }
}

const value = fc.option(
  fc.oneof(
    fc.constantFrom('', '"', '""', '\n', '7,x\n8,y', ',', '☕', '\\.', 'NULL', '1'),
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
  ),
  { nil: null },
)
const fields = fc.array(value, { minLength: 2, maxLength: 2 })
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

function sortedRows(ids: fc.Arbitrary<string>, order: (a: string, b: string) => number): fc.Arbitrary<Rows> {
  return fc
    .uniqueArray(fc.tuple(ids, fields), { selector: ([id]) => id, maxLength: 25 })
    .map((rows) => new Map(rows.toSorted(([a], [b]) => order(a, b))))
}

/** Two tables that have most rows in common. */
function twoSides(rows: fc.Arbitrary<Rows>): fc.Arbitrary<[Rows, Rows]> {
  return fc.tuple(rows, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), rows).map(([all, dice, others]) => {
    const archive: Rows = new Map()
    const live: Rows = new Map()
    for (const [id, own] of all) {
      const fate = Number(dice.next().value)
      if (fate !== 0) archive.set(id, own)
      if (fate !== 1) live.set(id, fate === 2 ? ([...others.values()][0] ?? own) : own)
    }
    return [archive, live]
  })
}

const byNumber = (a: string, b: string): number => (BigInt(a) < BigInt(b) ? -1 : 1)
const integers = fc.oneof(
  fc.integer({ min: -20, max: 120 }).map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
)

describe('merging two sorted streams of CSV', () => {
  it('finds what a comparison in memory finds, wherever the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(twoSides(sortedRows(integers, byNumber)), sizes, sizes, async ([archive, live], a, b) => {
        const found = await merge(streamOf(csvOf(archive), a), streamOf(csvOf(live), b))
        expect(found).toEqual(naive(archive, live))
      }),
      { numRuns: 300 },
    )
  })

  it('finds the same for uuids', async () => {
    const rows = sortedRows(fc.uuid(), (a, b) => (a < b ? -1 : 1))
    await fc.assert(
      fc.asyncProperty(twoSides(rows), sizes, async ([archive, live], a) => {
        const found = await merge(streamOf(csvOf(archive), a), streamOf(csvOf(live)), 'uuid')
        expect(found).toEqual(naive(archive, live))
      }),
      { numRuns: 100 },
    )
  })

  it('finds nothing between two empty tables, and everything against an empty one', async () => {
    expect(await merge(streamOf(''), streamOf(''))).toEqual({ added: [], changed: [], removed: [] })
    expect((await merge(streamOf('1,a\n2,b\n'), streamOf(''))).added).toEqual(['1,a', '2,b'])
    expect((await merge(streamOf(''), streamOf('1,a\n2,b\n'))).removed).toEqual(['1,a', '2,b'])
  })

  it('takes records that are larger than any chunk', async () => {
    const long = '"x,\n""'.repeat(300_000)
    const archive = new Map([
      ['1', [long]],
      ['2', [long]],
      ['3', ['end']],
    ])
    const live = new Map([
      ['1', [long]],
      ['2', [`${long}!`]],
      ['3', ['end']],
    ])
    const found = await merge(streamOf(csvOf(archive)), streamOf(csvOf(live), [10_000]))
    expect([found.added.length, found.changed.length, found.removed.length]).toEqual([0, 1, 0])
  })

  it('keeps no more in memory than a few chunks, however long the streams are', async () => {
    const line = Buffer.from(`${randomUUID()},"a ""b"",c"\n`)
    const chunk = Buffer.concat(Array.from({ length: 1_000 }, () => line))
    const endless = async function* (): AsyncGenerator<Buffer> {
      for (let at = 0; at < 300; at += 1) yield chunk
    }
    const [archive, live] = [endless(), endless()].map((rows) => new RecordStream(chunksOf(rows), 'orders'))
    if (archive === undefined || live === undefined) throw new Error('no streams')
    await merge(archive, live, 'uuid')
    expect(Math.max(archive.data.length, live.data.length)).toBeLessThanOrEqual(1_048_576)
  })

  it.each([
    ['backwards', '2,a\n1,b\n'],
    ['twice', '1,a\n1,b\n'],
  ])('refuses an archive whose ids are there %s', async (_what, text) => {
    await expect(merge(streamOf(text), streamOf('9,z\n'))).rejects.toMatchObject({
      code: 'bad_archive',
      message: expect.stringContaining('"orders"') as string,
    })
  })

  it('refuses rows that end in the middle of one', async () => {
    await expect(merge(streamOf('1,a\n2,"b\n'), streamOf('1,a\n'))).rejects.toMatchObject({ code: 'bad_archive' })
  })
})

describe('fields of a record', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), (texts) => {
        const record = Buffer.from(['1', ...texts.map(csvField)].join(','))
        expect(splitFields(record).map(fieldText)).toEqual(['1', ...texts])
      }),
    )
  })
})

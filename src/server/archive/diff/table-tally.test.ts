import { describe, expect, it } from 'vitest'

import { fieldStart } from './csv-fields.ts'
import { TableTally } from './table-tally.ts'

const NAMES = ['id', 'created_at', 'email', 'secret', 'a', 'b', 'c', 'd', 'e']
const SHAPE = { names: NAMES, hidden: new Set(['secret']), createdAt: 1 }

function record(...fields: string[]): Buffer {
  return Buffer.from(fields.join(','))
}

describe('samples of rows that differ', () => {
  it('of a changed row show first what differs, and hide what is not for everybody', () => {
    const tally = new TableTally(SHAPE, 3)
    tally.changed(
      record('7', '2026-01-02 03:04:05+00', 'x@y.z', 'hash1', '1', '2', '3', '4', '"5"'),
      record('7', '2026-01-02 03:04:05+00', 'x@y.z', 'hash2', '1', '2', '3', '4', ''),
    )
    const [sample] = tally.samples.changed
    expect(Object.keys(sample?.now ?? {})).toEqual(['secret', 'e', 'created_at', 'email', 'a', 'b'])
    expect(sample).toMatchObject({ id: '7', inArchive: { secret: '••••', e: '5' }, now: { secret: '••••', e: null } })
    expect(JSON.stringify(tally.samples)).not.toContain('hash')
  })

  it('are kept up to their number; the rest is counted', () => {
    const tally = new TableTally(SHAPE, 2)
    for (let id = 1; id <= 5; id += 1) tally.added(record(String(id), '', 'x'))
    expect(tally.counts.added).toBe(5)
    expect(tally.samples.added.map(({ id }) => id)).toEqual(['1', '2'])
    expect(tally.samples.added[0]).toMatchObject({ inArchive: { email: 'x' }, now: null })
  })

  it('say nothing where none are wanted, and still when the newest removed row was made', () => {
    const tally = new TableTally(SHAPE, 0)
    tally.removed(record('1', '2026-01-02 03:04:05.678+00', 'x'))
    tally.removed(record('2', '2025-01-02 03:04:05+00', 'x'))
    tally.removed(record('3', '', 'x'))
    tally.removed(record('4', 'infinity', 'x'))
    tally.noteRemoved(Date.UTC(12_026, 0))
    expect(tally.samples.removed).toEqual([])
    expect(tally.counts.removed).toBe(4)
    expect(new Date(tally.newestRemoved ?? 0).toISOString()).toBe('2026-01-02T03:04:05.678Z')
  })

  it.each([
    ['short', 'short'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['x'.repeat(201), `${'x'.repeat(199)}…`],
    [`"${'""'.repeat(5_000)}"`, `${'"'.repeat(199)}…`],
    ['☕'.repeat(5_000), `${'☕'.repeat(199)}…`],
    ['😀'.repeat(5_000), `${'😀'.repeat(99)}…`],
  ])('cut long texts (%#) at 200 characters', (field, shown) => {
    expect(fieldStart(Buffer.from(field), 200)).toBe(shown)
  })
})

import { createHash } from 'node:crypto'

import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { type Place, TableLoader } from './table-loader.ts'
import type { TarMember } from './tar.ts'

const HEADER = 'id,"say ""x"""\n'
const columns = [{ name: 'id' }, { name: 'say "x"' }]

/** A part as an archive holds it, in chunks of this many bytes. */
function partOf(text: string, chunkBytes: number): { member: TarMember; sha256: string } {
  const bytes = Buffer.from(text)
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { member: { name: 'rows/live/t/0001.csv', size: bytes.length, bytes: chunks() }, sha256 }
}

describe('rows in parts', () => {
  let database: TestDatabase
  let client: pg.Client

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  beforeEach(async () => {
    client = new pg.Client(database.options)
    await client.connect()
    await client.query('begin')
    for (const name of ['t', 'u']) await client.query(`create table public.${name} (id int, "say ""x""" text)`)
  })
  afterEach(() => client.end())
  afterAll(() => database.close())

  const placeOf = (name: string, definition = { name, columns } as unknown as Place['definition']) => ({
    first: (sha256: string, isLast = false): Place => ({ definition, schema: 'public', sha256, isLast }),
  })

  async function load(loader: TableLoader, place: ReturnType<typeof placeOf>, texts: string[], chunkBytes = 3) {
    for (const [at, text] of texts.entries()) {
      const { member, sha256 } = partOf(text, chunkBytes)
      await loader.take(member, place.first(sha256, at === texts.length - 1))
    }
  }

  it.each([1, 2, 7, 1_000])('go into their table whatever their chunks of %i bytes are cut at', async (chunkBytes) => {
    const loader = new TableLoader(client)
    const parts = [`${HEADER}1,"a\nb"\n2,c\n`, `${HEADER}3,"""x"""\n`, `${HEADER}4,\n5,""\n`]
    await load(loader, placeOf('t'), parts, chunkBytes)
    await load(loader, placeOf('u'), [`${HEADER}9,z\n`], chunkBytes)
    expect([loader.sent, await loader.end()]).toEqual([6, 6])
    const { rows } = await client.query('select id, "say ""x""" as text from public.t order by id')
    expect(rows.map(({ text }: { text: unknown }) => text)).toEqual(['a\nb', 'c', '"x"', null, ''])
    expect((await client.query('select from public.u')).rowCount).toBe(1)
  })

  it('are refused where a part is not the one of the manifest', async () => {
    const { member } = partOf(`${HEADER}1,a\n`, 5)
    await expect(new TableLoader(client).take(member, placeOf('t').first('0'.repeat(64)))).rejects.toMatchObject({
      code: 'bad_archive',
      payload: { reason: 'corrupted' },
    })
  })

  it('are refused where a later part has other columns than the first', async () => {
    const parts = [`${HEADER}1,a\n`, '"say ""x""",id\nb,2\n']
    await expect(load(new TableLoader(client), placeOf('t'), parts)).rejects.toThrow('other columns')
  })

  it('are refused where the header is not that of the table', async () => {
    await expect(load(new TableLoader(client), placeOf('t'), ['id,other\n1,a\n'])).rejects.toMatchObject({
      code: 'bad_archive',
    })
  })

  it('end with an error, and at once, when the database goes away', async () => {
    const loader = new TableLoader(client)
    client.on('error', () => undefined)
    const place = placeOf('t')
    await load(loader, place, [`${HEADER}1,a\n`, `${HEADER}2,b\n`].slice(0, 1).concat(`${HEADER}3,c\n`))
    const rows = `${HEADER}${'7,x\n'.repeat(2_000_000)}`
    const { member, sha256 } = partOf(rows, 65_536)
    const taking = loader.take(member, place.first(sha256, true))
    await database.pool.query('select pg_terminate_backend($1)', [
      (client as unknown as { processID: number }).processID,
    ])
    await expect(taking).rejects.toThrow()
  })
})

import { randomInt } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { archiveOf, makeWorkspace } from './archive-fixture.ts'
import { seal } from './envelope.ts'
import { MANIFEST_NAME } from './format.ts'
import { encrypted, file, refusal, repack, unpack, withMember, zstd } from './repack-fixture.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'

const PASSWORD = 'correct horse'
const MIB = 1_048_576

/** All of it takes minutes: `METADECK_CAMPAIGN=1` asks for it. */
const IS_CAMPAIGN = process.env['METADECK_CAMPAIGN'] === '1'
const FLIPS = IS_CAMPAIGN ? 2_500 : 80
const TRUNCATIONS = IS_CAMPAIGN ? 250 : 40
const ZEROS_GIB = IS_CAMPAIGN ? 10 : 1

describe('a damaged archive', () => {
  let database: TestDatabase
  let plain: Buffer
  let members: Map<string, Buffer>

  beforeAll(async () => {
    database = await createTestDatabase()
    const workspaceId = await makeWorkspace(database, 'Shop', [
      {
        name: 'user',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'name', type: 'text' },
        ],
      },
    ])
    // Text that does not compress, so that there are bytes enough to damage.
    await database.pool.query(
      `insert into w${workspaceId}_live."user" (name) select md5(n::text) || ', "x"' from generate_series(1, 200) n`,
    )
    plain = await archiveOf(database, workspaceId)
    members = await unpack(plain)
  })
  afterAll(() => database.close())

  /** Tries the change at places all over the plain archive and the encrypted one, and prints what came of it. */
  async function damage(name: string, count: number, change: (bytes: Buffer, at: number) => Buffer): Promise<string[]> {
    const accepted: string[] = []
    const reasons = new Map<string, number>()
    for (const [kind, bytes] of [
      ['plain', plain],
      ['encrypted', await encrypted(plain, PASSWORD)],
    ] as const) {
      for (let turn = 0; turn < count; turn += 1) {
        const at = Math.floor((turn * bytes.length) / count)
        const answer = await refusal(change(bytes, at), PASSWORD)
        reasons.set(answer, (reasons.get(answer) ?? 0) + 1)
        if (!/^(bad_archive|wrong_password) /.test(answer)) accepted.push(`${kind} at ${at}: ${answer}`)
      }
    }
    const found = [...reasons].map(([reason, times]) => `${times} ${reason}`).join(', ')
    process.stdout.write(`${name} at ${2 * count} places of ${plain.length} bytes, plain and encrypted: ${found}\n`)
    return accepted
  }

  it('is refused wherever a bit of it was flipped', async () => {
    const flip = (bytes: Buffer, at: number): Buffer => {
      const flipped = Buffer.from(bytes)
      flipped.writeUInt8((bytes[at] ?? 0) ^ (1 << randomInt(8)), at)
      return flipped
    }
    expect(await damage('bits flipped', FLIPS, flip)).toEqual([])
  }, 300_000)

  it('is refused wherever it was cut off', async () => {
    expect(await damage('cut off', TRUNCATIONS, (bytes, at) => bytes.subarray(0, at))).toEqual([])
    expect(await refusal(plain.subarray(0, -1), PASSWORD)).toMatch(/^bad_archive/)
  }, 300_000)

  it.each([-1, 1])('is refused where the manifest says of a member %i byte more than there is', async (by) => {
    const manifest = JSON.parse(members.get(MANIFEST_NAME)?.toString() ?? '') as {
      members: { name: string; size: number }[]
    }
    for (const { name } of manifest.members) {
      const listed = manifest.members.map((one) => (one.name === name ? { ...one, size: one.size + by } : one))
      const text = JSON.stringify({ ...manifest, members: listed })
      const bytes = await repack(new Map(members).set(MANIFEST_NAME, Buffer.from(text)))
      expect([name, await refusal(bytes, '')]).toEqual([name, 'bad_archive corrupted'])
    }
  })

  it('is refused where the bytes of a member are more or fewer than the tar says', async () => {
    for (const told of [0, 1, 511, 513, 4_000, 1_000_000]) {
      const bytes = Buffer.from('x'.repeat(512))
      const lying = Buffer.concat([tarHeader('files/a', told, new Date(0)), bytes, tarPadding(bytes.length)])
      const tar = Buffer.concat([lying, file(MANIFEST_NAME, members.get(MANIFEST_NAME) ?? ''), TAR_END])
      expect([told, await refusal(zstd(tar), '')]).toEqual([told, expect.stringMatching(/^bad_archive /)])
    }
  })

  it('is refused where a row was added, though all its checksums are right', async () => {
    const rows = members.get('rows/live/user.csv')?.toString() ?? ''
    const bytes = await repack(withMember(members, 'rows/live/user.csv', `${rows}201,x\n`))
    expect(await refusal(bytes, '')).toBe('bad_archive wrong_row_count')
  })

  it('that is a bomb, 10 GB of zeros in 1 MB, is refused long before it is unpacked', async () => {
    const piece = Buffer.alloc(MIB)
    const zeros = Readable.from(
      (function* () {
        for (let member = 0; member < ZEROS_GIB; member += 1) {
          yield tarHeader(`rows/live/a/${member}.csv`, 1_024 * MIB, new Date())
          for (let count = 0; count < 1_024; count += 1) yield piece
        }
      })(),
      { objectMode: false },
    )
    const bytes = await buffer(await seal(zeros, ''))
    expect(bytes.length).toBeLessThan(MIB)
    const before = process.memoryUsage().rss
    const began = performance.now()
    expect(await refusal(bytes, '')).toBe('bad_archive bomb')
    const grown = process.memoryUsage().rss - before
    const ms = performance.now() - began
    process.stdout.write(
      `${ZEROS_GIB} GiB of zeros in ${bytes.length} bytes: refused after ${ms.toFixed(0)} ms, ${(grown / 1e6).toFixed(0)} MB\n`,
    )
    expect(grown).toBeLessThan(100_000_000)
  }, 120_000)
})

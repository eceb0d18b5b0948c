import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'

import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AppError } from '../errors.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { addGroup, archiveOf, makeWorkspace, sourceOf } from './archive-fixture.ts'
import { provePassword } from './envelope.ts'
import { MANIFEST_NAME } from './format.ts'
import { addConstructs } from './logic-fixture.ts'
import { encrypted, file, refusal, repack, unpack, withMember, zstd } from './repack-fixture.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'
import { verifyArchive } from './verify.ts'

const PASSWORD = 'correct horse'
const QUERY = 'query q verb=GET {\n  input {\n  }\n  stack {\n  }\n  response = null\n}\n'

describe('a file that is not a sound archive is refused with a reason', () => {
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
        docs: 'About users',
      },
      {
        name: 'order',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'user_id', type: 'int', table: 'user' },
        ],
      },
    ])
    await database.pool.query(
      `insert into w${workspaceId}_live."user" (name) select 'u' || n from generate_series(1, 20) n`,
    )
    await addGroup(database, workspaceId, 'Public')
    await addConstructs(database, workspaceId, [
      { kind: 'function', name: 'f', text: 'function f {\n  input {\n  }\n  stack {\n  }\n  response = null\n}\n' },
      { kind: 'function', name: 'g', text: 'function g {\n  input {\n  }\n  stack {\n  }\n  response = null\n}\n' },
      { kind: 'query', name: 'q', verb: 'GET', group: 'Public', text: QUERY },
    ])
    plain = await archiveOf(database, workspaceId)
    members = await unpack(plain)
  })
  afterAll(() => database.close())

  it('the sound archive itself is accepted, in chunks of any size', async () => {
    for (const chunkBytes of [1, 7, 511, 512, 4096, 1_000_000]) {
      const { manifest } = await verifyArchive(sourceOf(plain, chunkBytes), '')
      expect(manifest.counts).toMatchObject({ tables: 2, rows: 20, apiGroups: 1 })
    }
    expect(await refusal(await repack(members), '')).toEqual('accepted')
  })

  it.each<[string, () => Buffer, string]>([
    ['an empty file', () => Buffer.alloc(0), 'not_an_archive'],
    ['text', () => Buffer.from('hello, I am a text file'), 'not_an_archive'],
    ['a zip file', () => Buffer.from('PK\u0003\u0004 and so on'), 'not_an_archive'],
    ['a gzip file', () => gzipSync('hello'), 'not_an_archive'],
    ['the first three bytes', () => Buffer.from([0x28, 0xb5, 0x2f]), 'truncated'],
    ['zstd of something else', () => zstd(Buffer.from('hello')), 'truncated'],
    ['zstd of no tar', () => zstd(Buffer.alloc(2_048, 'x')), 'corrupted'],
    ['an empty tar', () => zstd(TAR_END), 'missing_member'],
    ['data after the end', () => Buffer.concat([plain, Buffer.from('x')]), 'corrupted'],
    ['much data after the end', () => Buffer.concat([plain, Buffer.alloc(1_000_000)]), 'corrupted'],
    ['the archive twice', () => Buffer.concat([plain, plain]), 'corrupted'],
    [
      'another encryption of age',
      () => Buffer.from(`age-encryption.org/v1\n-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(600)}`),
      'unsupported_encryption',
    ],
    [
      'a key derivation that takes 16 GB',
      () =>
        Buffer.from(
          `age-encryption.org/v1\n-> scrypt ${'A'.repeat(22)} 24\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`,
        ),
      'unsupported_encryption',
    ],
    ['the first line of an encrypted one', () => Buffer.from('age-encryption.org/v1\n-> scr'), 'truncated'],
  ])('%s', async (_what, make, reason) => {
    expect(await refusal(make(), PASSWORD)).toBe(`bad_archive ${reason}`)
  })

  it('an export of a hosted instance, and says that this format cannot be read yet', async () => {
    const tar = pack()
    tar.entry({ name: './workspace.json' }, '{"payload": {}}')
    tar.finalize()
    const gzipped = gzipSync(await buffer(tar))
    expect(await refusal(gzipped, '')).toBe('bad_archive hosted_format')
    expect(await refusal(gzipSync(gzipped), '')).toBe('bad_archive hosted_format')
  })

  it('a wrong password and a missing one, before anything is read; one too many is ignored', async () => {
    const bytes = await encrypted(plain, PASSWORD)
    expect(await refusal(bytes, 'wrong')).toBe('wrong_password wrong_password')
    expect(await refusal(bytes, '')).toBe('wrong_password password_required')
    expect(await refusal(plain, 'any')).toBe('accepted')
    expect(await refusal(bytes, PASSWORD)).toBe('accepted')
    await provePassword(sourceOf(bytes), PASSWORD)
    await expect(provePassword(sourceOf(bytes), 'wrong')).rejects.toMatchObject({ code: 'wrong_password' })
  })

  it.each(['../evil', '/etc/passwd', 'a/../b', 'a\\b', 'C:\\x', 'a//b', 'a/', '.hidden', 'a/./b', 'ü', 'a b', ''])(
    'a member named %j',
    async (name) => {
      const tar = Buffer.concat([rawHeader(name, 1), Buffer.from('x'), tarPadding(1), TAR_END])
      expect(await refusal(zstd(tar), '')).toBe('bad_archive unsafe_name')
    },
  )

  it.each(['symlink', 'link', 'character-device', 'block-device', 'fifo'] as const)('a %s', async (type) => {
    const tar = pack()
    tar.entry({ name: 'rows', type, linkname: 'x' })
    tar.finalize()
    expect(await refusal(zstd(await buffer(tar)), '')).toMatch(/^bad_archive unsafe_/)
  })

  it('extension headers, which could rename what follows', async () => {
    const tar = pack()
    tar.entry({ name: 'definition/a.xs', pax: { path: '../evil' } }, 'x')
    tar.finalize()
    expect(await refusal(zstd(await buffer(tar)), '')).toMatch(/^bad_archive unsafe_/)
  })

  it('what the tar program packed anew is accepted, folders and times and all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mdt-tar-'))
    for (const [name, text] of members) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    const order = ['definition', 'rows', MANIFEST_NAME]
    for (const args of [['--format=gnu'], ['--format=posix'], ['--format=ustar', '--transform=s,^,./,']]) {
      const tar = execFileSync('tar', ['-C', folder, ...args, '-c', ...order])
      expect([args, await refusal(zstd(tar), '')]).toEqual([args, 'accepted'])
    }
    rmSync(folder, { recursive: true })
  })

  it('a folder with an unsafe name', async () => {
    const tar = pack()
    tar.entry({ name: '../definition', type: 'directory' })
    tar.finalize()
    expect(await refusal(zstd(await buffer(tar)), '')).toBe('bad_archive unsafe_name')
  })

  it('a window that would take a gigabyte of memory', async () => {
    const bytes = Buffer.from(plain)
    bytes.writeUInt8(0xa8, 5)
    expect(await refusal(bytes, '')).toBe('bad_archive corrupted')
  })

  it.each<[string, (all: Map<string, Buffer>) => void, string]>([
    ['a missing member', (all) => all.delete('rows/live/user.csv'), 'missing_member'],
    ['a missing definition', (all) => all.delete('definition/table/user.xs'), 'missing_member'],
    ['no manifest', (all) => all.delete(MANIFEST_NAME), 'missing_member'],
    ['a member that is not listed', (all) => all.set('files/extra', Buffer.from('x')), 'unlisted_member'],
    ['rows that were changed', (all) => all.set('rows/live/user.csv', Buffer.from('id,name\n1,evil\n')), 'corrupted'],
    [
      'a definition that was changed',
      (all) => all.set('definition/table/user.xs', Buffer.from('table user {}')),
      'corrupted',
    ],
    ['a manifest that is no JSON', (all) => all.set(MANIFEST_NAME, Buffer.from('{')), 'bad_manifest'],
    ['a manifest without a format', (all) => all.set(MANIFEST_NAME, Buffer.from('{}')), 'bad_manifest'],
  ])('%s', async (_what, change, reason) => {
    const all = new Map(members)
    change(all)
    const bytes = await repack(all)
    expect(await refusal(bytes, '')).toBe(`bad_archive ${reason}`)
  })

  it.each<[string, string, string, string]>([
    ['a wrong row count', 'rows/live/user.csv', 'id,name\n1,a\n', 'wrong_row_count'],
    ['rows that end in the middle of one', 'rows/live/user.csv', 'id,name\n1,"a', 'bad_rows'],
    ['a definition that is no XanoScript', 'definition/table/user.xs', 'table user {', 'bad_definition'],
    [
      'a definition of another table',
      'definition/table/user.xs',
      'table other {\n  auth = false\n  schema {\n    int id\n  }\n}\n',
      'bad_manifest',
    ],
    [
      'a definition without id',
      'definition/table/user.xs',
      'table user {\n  schema {\n    text a\n  }\n}\n',
      'bad_manifest',
    ],
    [
      'an API group with an address in its canonical',
      'definition/api_group/Public.xs',
      'api_group Public {\n  canonical = "../x"\n}\n',
      'bad_definition',
    ],
    [
      'an unknown setting',
      'definition/api_group/Public.xs',
      'api_group Public {\n  canonical = "x"\n  evil = 1\n}\n',
      'bad_definition',
    ],
    [
      'a construct of another name',
      'definition/function/f.xs',
      'function other {\n  stack {\n  }\n}\n',
      'bad_manifest',
    ],
    ['a construct of another kind', 'definition/function/f.xs', 'addon f {\n  stack {\n  }\n}\n', 'bad_manifest'],
    ['a query of another method', 'definition/query/Public/q_GET.xs', QUERY.replace('GET', 'PUT'), 'bad_manifest'],
    ['a construct with NUL', 'definition/function/f.xs', 'function f {\n  # \0\n}\n', 'bad_definition'],
    [
      'a text with NUL',
      'definition/workspace.xs',
      'workspace Shop {\n  description = "\\u0000"\n}\n',
      'bad_definition',
    ],
  ])('%s, though all its checksums are right', async (_what, name, text, reason) => {
    const bytes = await repack(withMember(members, name, text))
    expect(await refusal(bytes, '')).toBe(`bad_archive ${reason}`)
  })

  it('a reference to a table that is not in it, naming the document', async () => {
    const original = members.get('definition/table/order.xs')?.toString() ?? ''
    const text = original.replace('table = "user"', 'table = "nothing"')
    expect(text).not.toBe(original)
    const failure = await verifyArchive(
      sourceOf(await repack(withMember(members, 'definition/table/order.xs', text))),
      '',
    ).catch(String)
    expect(failure).toContain('definition/table/order.xs')
  })

  const FILE = { type: 'image', mime: 'a/b', access: 'public', meta: {}, created: '2026-01-01T00:00:00Z' }
  const stored = (member: string, path = '/vault/a/b'): object => ({ ...FILE, name: 'x', path, member })

  it.each<[string, (manifest: { constructs: Record<string, unknown>[] }) => object, string]>([
    [
      'a query without a group',
      ({ constructs }) => ({ constructs: [{ ...constructs[2], group: null }] }),
      'bad_manifest',
    ],
    [
      'a query of an unknown group',
      ({ constructs }) => ({ constructs: [{ ...constructs[2], group: 'x' }] }),
      'bad_manifest',
    ],
    [
      'a function with a method',
      ({ constructs }) => ({ constructs: [{ ...constructs[0], verb: 'GET' }] }),
      'bad_manifest',
    ],
    ['a construct twice', ({ constructs: [f] }) => ({ constructs: [f, { ...f, guid: 'other' }] }), 'bad_manifest'],
    [
      'two constructs of one guid',
      ({ constructs: [f, g] }) => ({ constructs: [f, { ...g, guid: f?.['guid'] }] }),
      'bad_manifest',
    ],
    ['an unknown kind', ({ constructs }) => ({ constructs: [{ ...constructs[0], kind: 'evil' }] }), 'bad_manifest'],
    [
      'a construct without its document',
      ({ constructs }) => ({ constructs: [{ ...constructs[0], definition: 'definition/x.xs' }] }),
      'missing_member',
    ],
    ['a stored file without bytes', () => ({ includesFiles: true, files: [stored('files/a')] }), 'missing_member'],
    ['a stored file that is a definition', () => ({ files: [stored('definition/workspace.xs')] }), 'bad_manifest'],
    ['a stored file with an address outside', () => ({ files: [stored('files/a', '/vault/../x')] }), 'bad_manifest'],
    ['a name that cannot be kept', () => ({ files: [{ ...stored('files/a'), name: 'a\0' }] }), 'bad_manifest'],
  ])('a manifest with %s', async (_what, change, reason) => {
    const manifest = JSON.parse(members.get(MANIFEST_NAME)?.toString() ?? '') as {
      constructs: Record<string, unknown>[]
    }
    const all = new Map(members).set(MANIFEST_NAME, Buffer.from(JSON.stringify({ ...manifest, ...change(manifest) })))
    expect(await refusal(await repack(all), '')).toBe(`bad_archive ${reason}`)
  })

  it.each<[string, object]>([
    ['bytes that belong to no stored file', { includesFiles: true, files: [] }],
    ['stored files though it says that it holds none', { includesFiles: false, files: [stored('files/a')] }],
    [
      'two stored files with the same bytes',
      { includesFiles: true, files: [stored('files/a'), stored('files/a', '/vault/c/d')] },
    ],
  ])('%s', async (_what, change) => {
    const manifest = JSON.parse(members.get(MANIFEST_NAME)?.toString() ?? '') as { members: object[] }
    const listed = [
      ...manifest.members,
      { name: 'files/a', size: 1, sha256: createHash('sha256').update('x').digest('hex') },
    ]
    const text = JSON.stringify({ ...manifest, ...change, members: listed })
    const all = new Map(members).set('files/a', Buffer.from('x')).set(MANIFEST_NAME, Buffer.from(text))
    expect(await refusal(await repack(all), '')).toBe('bad_archive bad_manifest')
  })

  it('a newer format, naming both and what to do', async () => {
    const manifest = JSON.parse(members.get(MANIFEST_NAME)?.toString() ?? '') as Record<string, unknown>
    const all = new Map(members).set(MANIFEST_NAME, Buffer.from(JSON.stringify({ ...manifest, format: 7, news: true })))
    const failure = await verifyArchive(sourceOf(await repack(all)), '').catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'archive_too_new', payload: { found: 7, supported: 3 } })
    expect((failure as AppError).message).toContain('Upgrade Metadeck')
  })

  it('the same name twice, also in another case', async () => {
    for (const name of ['a.txt', 'A.TXT']) {
      const tar = Buffer.concat([file('a.txt', 'x'), file(name, 'y'), TAR_END])
      expect(await refusal(zstd(tar), '')).toBe('bad_archive duplicate_member')
    }
  })
})

/** A header with a name that the writer would never write. */
function rawHeader(name: string, size: number): Buffer {
  const header = tarHeader('x', size, new Date(0))
  header.fill(0, 0, 100)
  header.write(name, 0, 'utf8')
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Storage } from '../storage/storage.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { fingerprint, makeWorkspace, sourceOf } from './archive-fixture.ts'
import { importArchive, type ImportTarget } from './import.ts'
import { addConstructs, CONSTRUCTS, logicPrint } from './logic-fixture.ts'
import { summaryOf } from './manifest.ts'
import { verifyArchive } from './verify.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url))

/** Written by the release before the one whose archives hold drafts. */
const PLAIN = fixture('format-2.xano')
const ENCRYPTED = fixture('format-2-encrypted.xano')
const PASSWORD = 'format 2 password'

describe.each([
  ['without a password', PLAIN, ''],
  ['with a password', ENCRYPTED, PASSWORD],
])('an archive of format 2 %s', (_how, bytes, password) => {
  let database: TestDatabase
  const stored = new Map<string, Buffer>()
  const files: Storage = {
    async write(name, source) {
      const object = await buffer(source)
      stored.set(name, object)
      return object.length
    },
    read: (name) => {
      const object = stored.get(name) ?? Buffer.alloc(0)
      return Promise.resolve({ size: object.length, stream: Readable.from([object]) })
    },
    size: (name) => Promise.resolve(stored.get(name)?.length ?? null),
    delete: (name) => Promise.resolve(void stored.delete(name)),
  }

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())

  async function restore(target: ImportTarget): Promise<number> {
    const archive = await verifyArchive(sourceOf(bytes), password)
    const request = { source: sourceOf(bytes), password, target, files, now: new Date() }
    return importArchive(database, archive, request)
  }

  const query = async (text: string): Promise<unknown[]> => (await database.pool.query<object>(text)).rows

  it('is still verified, and its summary says what it holds', async () => {
    const { manifest } = await verifyArchive(sourceOf(bytes), password)
    const counted = { constructs: CONSTRUCTS.length, files: 2, filesLost: 0, rows: 155, apiGroups: 2 }
    expect(summaryOf(manifest)).toMatchObject({ format: 2, workspace: 'Odd "shop"', includesFiles: true, ...counted })
  })

  it('still restores every column type, all data sources, constructs, groups, files and settings', async () => {
    const id = await restore({ newWorkspace: 'Restored' })
    const { rows, objects } = await fingerprint(database, id)
    // Hashes of what the workspace held when the archive was written.
    expect(rows).toMatchObject({
      'every type': { count: 98, hash: '752fb09c57ae74f88e2186ba53636539adb727a1d55ad041ce947bee1870f07d', next: 99 },
      'Übung ☕': { count: 50, hash: '277155b57e5d5f9e01e4c7fe790d0a06fb627ce1c7a249002c355346bc55dfbb', next: 1 },
      'b/c\\d': { count: 2, hash: '600070e21955f7d467681a6e7fc6e0134d4dec2800c73bcb3d1e5fbfed5e8fea' },
      empty: { count: 0 },
    })
    // From PostgreSQL 18 on NOT NULL is a constraint too.
    expect((objects as string[]).filter((text) => !text.startsWith('NOT NULL'))).toHaveLength(21)
    expect(await query(`select code from w${id}_test.con`)).toEqual([{ code: 'test' }])
    const { constructs, groups } = await logicPrint(database, id)
    const texts = (constructs as { text: string }[]).map(({ text }) => text)
    expect(texts.toSorted()).toEqual(CONSTRUCTS.map(({ text }) => text).toSorted())
    expect(groups).toMatchObject([
      { name: 'Admin', documentation: { require_token: true }, settings: { active: false, history: '100' } },
      { name: 'Public', settings: {} },
    ])
    const restored = await query(`select name, access, path, object_name from metadeck.file where workspace_id = ${id}`)
    expect(restored).toMatchObject([
      { name: 'фото ☕.png', access: 'public', path: '/vault/format2fixture0/file_0.png' },
      { name: 'empty.txt', access: 'private' },
    ])
    const { object_name: object } = restored[0] as { object_name: string }
    expect(stored.get(object)?.toString()).toBe('not a picture')
    expect(await query(`select realtime_enabled, realtime_hash from metadeck.workspace where id = ${id}`)).toEqual([
      { realtime_enabled: true, realtime_hash: 'format2realtime' },
    ])
  })

  it('says nothing of drafts: none is there afterwards', async () => {
    const id = await makeWorkspace(database, 'Has a draft', [])
    await addConstructs(database, id, [{ kind: 'function', name: 'f', text: 'function f {}', draft: 'later' }])
    await restore({ workspaceId: id })
    const constructs = await query(`select draft from metadeck.construct where workspace_id = ${id}`)
    expect(constructs).toHaveLength(CONSTRUCTS.length)
    expect(constructs.every((row) => (row as { draft: string | null }).draft === null)).toBe(true)
  })
})

import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { dropWorkspace } from '../db/workspace.ts'
import { openFolderStorage } from '../storage/folder.ts'
import type { Storage } from '../storage/storage.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { archiveOf, makeWorkspace, sourceOf } from './archive-fixture.ts'
import { importArchive, type ImportRequest } from './import.ts'
import { summaryOf } from './manifest.ts'
import { verifyArchive } from './verify.ts'

const PATH = /^\/vault\/[0-9A-Za-z]{24}\//

describe('stored files in an archive', () => {
  let database: TestDatabase
  let folder: string
  let files: Storage

  beforeAll(async () => {
    database = await createTestDatabase()
    folder = mkdtempSync(join(tmpdir(), 'mdt-files-'))
    files = await openFolderStorage(folder)
  })
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A workspace with these files; their objects are named after workspace and place. */
  async function makeSource(name: string, contents: Record<string, Buffer>): Promise<number> {
    const id = await makeWorkspace(database, name, [])
    for (const [at, [fileName, bytes]] of Object.entries(contents).entries()) {
      const objectName = `w${id}-${at}`
      await files.write(objectName, Readable.from([bytes], { objectMode: false }))
      await database.db
        .insertInto('file')
        .values({
          workspace_id: id,
          name: fileName,
          type: at === 0 ? 'image' : 'attachment',
          mime: 'image/png',
          access: at === 0 ? 'public' : 'private',
          size: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          path: `/vault/${randomBytes(12).toString('hex')}/file_${at}.png`,
          object_name: objectName,
          meta: JSON.stringify({ width: at }),
          created_at: new Date('2026-01-02T03:04:05Z'),
        })
        .execute()
    }
    return id
  }

  const CONTENTS = { 'фото ☕.png': randomBytes(300_000), 'empty.txt': Buffer.alloc(0), 'a.bin': Buffer.from('abc') }

  async function restore(
    bytes: Buffer,
    request: Partial<ImportRequest> & Pick<ImportRequest, 'target'>,
  ): Promise<number> {
    const archive = await verifyArchive(sourceOf(bytes), '')
    return importArchive(database, archive, {
      source: sourceOf(bytes),
      password: '',
      now: new Date(),
      files,
      ...request,
    })
  }

  async function rowsOf(workspaceId: number) {
    return database.db.selectFrom('file').selectAll().where('workspace_id', '=', workspaceId).orderBy('id').execute()
  }

  /** What a person could notice of the files: names, settings and bytes. */
  async function print(workspaceId: number): Promise<unknown> {
    const rows = await rowsOf(workspaceId)
    return Promise.all(
      rows.map(async ({ id: _id, workspace_id: _workspace, object_name: name, path, ...row }) => {
        const bytes = await buffer((await files.read(name)).stream)
        return { ...row, ending: path.replace(PATH, ''), hash: createHash('sha256').update(bytes).digest('hex') }
      }),
    )
  }

  it('come back with names, access, times and every byte; a taken address is replaced, a free one kept', async () => {
    const source = await makeSource('Files', CONTENTS)
    const bytes = await archiveOf(database, source, { files })
    const copy = await restore(bytes, { target: { newWorkspace: 'Files again' } })
    expect(await print(copy)).toEqual(await print(source))
    const paths = (await rowsOf(source)).map(({ path }) => path)
    expect((await rowsOf(copy)).filter(({ path }) => paths.includes(path))).toEqual([])
    await database.db.transaction().execute((trx) => dropWorkspace(trx, source))
    const third = await restore(bytes, { target: { newWorkspace: 'Third' } })
    expect((await rowsOf(third)).map(({ path }) => path)).toEqual(paths)
  })

  it('are listed in the manifest, which says of their absence too', async () => {
    const source = await makeSource('Listed', CONTENTS)
    const { manifest } = await verifyArchive(sourceOf(await archiveOf(database, source, { files })), '')
    expect(manifest).toMatchObject({ includesFiles: true, counts: { files: 3 } })
    expect(manifest.coverage.included).toContainEqual({ what: 'Stored files', count: 3 })
    expect(manifest.files.map(({ member, path }) => member === path.replace('/vault/', 'files/'))).toEqual([
      true,
      true,
      true,
    ])
    const without = await verifyArchive(sourceOf(await archiveOf(database, source)), '')
    expect(without.manifest).toMatchObject({ includesFiles: false, files: [], counts: { files: 0 } })
    expect(without.manifest.coverage.missing.map(({ what }) => what)).toContain('Stored files (3)')
  })

  it('take the place of those that are there: addresses and ids stay, replaced objects go', async () => {
    const source = await makeSource('In place', CONTENTS)
    const bytes = await archiveOf(database, source, { files })
    const before = await rowsOf(source)
    const expected = await print(source)
    await database.db
      .deleteFrom('file')
      .where('id', '=', before[1]?.id ?? 0)
      .execute()
    await restore(bytes, { target: { workspaceId: source } })
    expect(await print(source)).toEqual(expect.arrayContaining(expected as unknown[]))
    const after = await rowsOf(source)
    expect(after.map(({ path }) => path).toSorted()).toEqual(before.map(({ path }) => path).toSorted())
    expect(after.find(({ path }) => path === before[0]?.path)?.id).toBe(before[0]?.id)
    expect(readdirSync(folder)).not.toContain(before[0]?.object_name)
  })

  it('stay as they are where the archive holds none', async () => {
    const source = await makeSource('Kept', CONTENTS)
    const before = await rowsOf(source)
    await restore(await archiveOf(database, source), { target: { workspaceId: source } })
    expect(await rowsOf(source)).toEqual(before)
  })

  it('leave nothing behind in the store when the import fails, and the old ones stay', async () => {
    const source = await makeSource('Fails', CONTENTS)
    const bytes = await archiveOf(database, source, { files })
    const other = await makeSource('Other', { 'a.bin': randomBytes(300_000) })
    const otherBytes = await archiveOf(database, other, { files })
    const [objects, expected] = [readdirSync(folder), await print(source)]
    const target = { workspaceId: source }
    const beforeCommit = () => Promise.reject(new Error('no'))
    await expect(restore(bytes, { target, beforeCommit })).rejects.toThrow('no')
    await expect(restore(bytes, { target, source: sourceOf(otherBytes) })).rejects.toMatchObject({
      code: 'bad_archive',
    })
    const changed = Buffer.from(bytes)
    changed.writeUInt8((bytes[150_000] ?? 0) ^ 1, 150_000)
    await expect(restore(bytes, { target, source: sourceOf(changed) })).rejects.toMatchObject({ code: 'bad_archive' })
    expect(readdirSync(folder)).toEqual(objects)
    expect(await print(source)).toEqual(expected)
  })

  it('with the longest names fit the tar, and keep their endings', async () => {
    const source = await makeSource('Long', { a: Buffer.from('a'), b: Buffer.from('b') })
    const key = 'k'.repeat(24)
    const long = [`/vault/${key}1/_${'con.'.repeat(24)}.png`, `/vault/${key}2/${'x'.repeat(96)}.png`]
    for (const [at, row] of (await rowsOf(source)).entries()) {
      await database.db
        .updateTable('file')
        .set({ path: long[at] ?? '' })
        .where('id', '=', row.id)
        .execute()
    }
    const { manifest } = await verifyArchive(sourceOf(await archiveOf(database, source, { files })), '')
    expect(manifest.files.map(({ path }) => path)).toEqual(long)
    expect(manifest.files.every(({ member }) => member.endsWith('.png'))).toBe(true)
  })

  it('whose bytes are gone are left out and told by name', async () => {
    const source = await makeSource('Lost', CONTENTS)
    await files.delete(`w${source}-0`)
    writeFileSync(join(folder, `w${source}-2`), 'longer than it was')
    const { manifest } = await verifyArchive(sourceOf(await archiveOf(database, source, { files })), '')
    expect(manifest.files.map(({ name }) => name)).toEqual(['empty.txt'])
    expect(summaryOf(manifest)).toMatchObject({ includesFiles: true, files: 1, filesLost: 2 })
    const told = manifest.coverage.missing.map(({ what }) => what)
    expect(told).toContain('Stored files whose bytes are lost (2): фото ☕.png, a.bin')
  })

  it('whose bytes are other ones end the export in an error that names the file', async () => {
    const source = await makeSource('Damaged', CONTENTS)
    writeFileSync(join(folder, `w${source}-2`), 'abd')
    await expect(archiveOf(database, source, { files })).rejects.toThrow('"a.bin"')
  })

  it('are not dropped without a word: an import without a store refuses them', async () => {
    const source = await makeSource('No store', CONTENTS)
    const bytes = await archiveOf(database, source, { files })
    const failure = restore(bytes, { target: { workspaceId: source }, files: undefined })
    await expect(failure).rejects.toMatchObject({ code: 'conflict' })
  })
})

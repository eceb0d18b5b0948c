import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { openFolderStorage } from '../../storage/folder.ts'
import { makeUploadFile, putIntoStore, writeAt } from './upload-file.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mdt-upload-'))
  await makeUploadFile({ dataDir }, 'one', 10)
  await writeAt({ dataDir }, 'one', Buffer.from('world'), 5)
  await writeAt({ dataDir }, 'one', Buffer.from('hello'), 0)
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

test('in the store of the same folder there is no second copy', async () => {
  const store = await openFolderStorage(join(dataDir, 'backups'))
  await putIntoStore({ dataDir }, 'one', store, 'object')
  const [here, there] = await Promise.all([
    stat(join(dataDir, 'uploads', 'one')),
    stat(join(dataDir, 'backups', 'object')),
  ])
  expect([there.ino, there.size]).toEqual([here.ino, 10])
})

test('a store elsewhere gets a copy, and nothing is left beside it', async () => {
  const store = await openFolderStorage(join(dataDir, 'elsewhere'))
  await putIntoStore({ dataDir }, 'one', store, 'object')
  expect(await readFile(join(dataDir, 'elsewhere', 'object'), 'utf8')).toBe('helloworld')
  expect((await readdir(dataDir)).toSorted()).toEqual(['elsewhere', 'uploads'])
})

test('what a killed process left under the name is replaced', async () => {
  const store = await openFolderStorage(join(dataDir, 'backups'))
  await putIntoStore({ dataDir }, 'one', store, 'object')
  await makeUploadFile({ dataDir }, 'two', 3)
  await writeAt({ dataDir }, 'two', Buffer.from('new'), 0)
  await putIntoStore({ dataDir }, 'two', store, 'object')
  expect(await readFile(join(dataDir, 'backups', 'object'), 'utf8')).toBe('new')
  expect(await readFile(join(dataDir, 'uploads', 'one'), 'utf8')).toBe('helloworld')
})

test('more than the disk has room for is refused before a byte is sent', async () => {
  await expect(makeUploadFile({ dataDir }, 'huge', Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
    code: 'conflict',
    payload: { reason: 'disk_full' },
  })
  expect(await readdir(join(dataDir, 'uploads'))).toEqual(['one'])
})

import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Backup } from '#api/contract/backups.ts'

import { saveArchive } from './save-archive.ts'
import type { Session } from './session.ts'

const ARCHIVE = Buffer.from('an archive')
const backup = { id: 1, bytes: ARCHIVE.length, sha256: createHash('sha256').update(ARCHIVE).digest('hex') } as Backup
const session = { download: () => Promise.resolve(Readable.from([ARCHIVE])) } as unknown as Session
const signal = new AbortController().signal

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mdt-save-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('what somebody else laid where the archive is written is neither written to nor kept', async () => {
  const [file, victim] = [join(folder, 'shop.xano'), join(folder, 'victim')]
  await writeFile(victim, 'untouched')
  await symlink(victim, `${file}.part`)
  await saveArchive(session, backup, file, signal)
  expect(await readFile(victim, 'utf8')).toBe('untouched')
  expect(await readFile(file)).toEqual(ARCHIVE)
})

test('only this user reads the archive, also where a readable file lay there', async () => {
  const file = join(folder, 'shop.xano')
  await writeFile(`${file}.part`, 'left by an earlier run', { mode: 0o666 })
  await saveArchive(session, backup, file, signal)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test.each([
  ['nowhere/shop.xano', /nowhere\/shop\.xano could not be written: there is no such folder\./],
  ['taken', /taken could not be written: a folder has that name\./],
])('that %s cannot be written is said in a sentence', async (name, message) => {
  await mkdir(join(folder, 'taken'))
  await expect(saveArchive(session, backup, join(folder, name), signal)).rejects.toMatchObject({
    exit: 1,
    message: expect.stringMatching(message),
  })
})
